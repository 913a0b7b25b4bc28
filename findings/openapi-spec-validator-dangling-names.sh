#!/bin/sh
# openapi-spec-validator 0.9.0: names that lead nowhere are seen in schemas, and passed over in headers and in security.
#
# Guess: it resolves the references of a description, so that one that is found valid has none that leads nowhere.
# Seen: a $ref to a schema that is not there is refused, wherever it stands. A $ref to a header that is not there is valid, and
#       so is a security requirement that names no scheme (the operation then needs a key that nobody described), and two paths
#       that differ by the name of their parameter alone, which OpenAPI 3.1 calls identical and invalid.
# dimchat's tests follow every reference of its description themselves, and hold the names of schemes against each other.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check openapi-spec-validator==0.9.0 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import copy
from openapi_spec_validator import validate
schema = {"schema": {"type": "string"}}
answer = {"200": {"description": "x", "content": {"application/json": copy.deepcopy(schema)}}}
identified = {"name": "id", "in": "path", "required": True, **copy.deepcopy(schema)}
whole = {"openapi": "3.1.0", "info": {"title": "x", "version": "1"},
         "paths": {"/a/{id}": {"get": {"parameters": [identified], "responses": answer}}}}
def tried(name, change):
    made = copy.deepcopy(whole)
    get = made["paths"]["/a/{id}"]["get"]
    change(made, get)
    try:
        validate(made)
        print(f"{name}: valid")
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
tried("as it is", lambda made, get: None)
tried("a schema that is not there", lambda made, get: get["responses"]["200"]["content"]["application/json"].update(
    schema={"$ref": "#/components/schemas/None"}))
tried("a header that is not there", lambda made, get: get["responses"]["200"].update(
    headers={"Retry-After": {"$ref": "#/components/headers/None"}}))
tried("a scheme that is not there", lambda made, get: get.update(security=[{"none": []}]))
def again(made, get):
    made["paths"]["/a/{other}"] = copy.deepcopy(made["paths"]["/a/{id}"])
    made["paths"]["/a/{other}"]["get"]["parameters"][0]["name"] = "other"
tried("two paths that are one", again)
P
)
printf '%s\n' "$out"
printf '%s' "$out" | grep -q "as it is: valid" || exit 1
printf '%s' "$out" | grep -q "a schema that is not there: PointerToNowhere" || exit 1
printf '%s' "$out" | grep -q "a header that is not there: valid" || exit 1
printf '%s' "$out" | grep -q "a scheme that is not there: valid" || exit 1
printf '%s' "$out" | grep -q "two paths that are one: valid" || exit 1
echo "as found"
