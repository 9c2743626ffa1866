"""Signs every generated request in as the demo ADMIN, and gives some of them ids that exist."""

import json
import os
import urllib.request
import zlib

import schemathesis

GREETING = json.loads(os.environ["CLEAVE_GREETING"])


def call(method, path, body=None, token=None):
    """The JSON of one answer of the service."""
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(GREETING["url"] + path, data=data, method=method, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def sign_in():
    """A token and the caller's organisation."""
    body = {"email": GREETING["email"], "password": GREETING["password"]}
    answer = call("POST", "/api/auth/login", body)
    return answer["token"], answer["user"]["organizationId"]


def known_ids(token, organization):
    """Ids of the generated world, by the name of the parameter that takes them."""
    reviews = call("GET", "/api/contacts/dedup-reviews?size=60", token=token)["data"]
    contacts = [review["candidateContactId"] for review in reviews]
    conversations, snapshots = [], []
    for contact in contacts:
        data = call("GET", f"/api/contacts/{contact}/separation-data", token=token)["data"]
        conversations += [one["_id"] for one in data["conversations"]]
        snapshots += [one["_id"] for one in data["trainingSnapshots"]]
    return {
        "organizationId": [organization],
        "reviewId": [review["_id"] for review in reviews],
        "contactId": contacts,
        "conversationId": conversations,
        "snapshotId": snapshots,
    }


TOKEN, ORGANIZATION = sign_in()
KNOWN = known_ids(TOKEN, ORGANIZATION)


@schemathesis.auth()
class Bearer:
    """The token of the demo ADMIN."""

    def get(self, case, context):
        """One token serves the whole run."""
        return TOKEN

    def set(self, case, data, context):
        """Puts the token where the service looks for it."""
        case.headers["Authorization"] = f"Bearer {data}"


def existing(name, generated):
    """An id that exists for two generated ones of three, the same for the same one each time."""
    ids = KNOWN.get(name)
    number = zlib.crc32(str(generated).encode("utf-8", "surrogatepass"))
    return ids[number % len(ids)] if ids and number % 3 else generated


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Ids in paths are opaque texts, so that an existing one is as valid as any."""
    if not path_parameters:
        return path_parameters
    path = context.operation.path
    for name, generated in path_parameters.items():
        of = ("snapshotId" if "training" in path else "contactId") if name == "id" else name
        path_parameters[name] = existing(of, generated)
    return path_parameters
