"""Answer sets of other programs brought into a pack, and a pack taken out of dimchat."""
