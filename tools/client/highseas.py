# highseas — a small client of the HTTP contract for the demo, the sample run and the bench: the standard library alone.
"""Usage: api = Highseas("http://127.0.0.1:8080"); api.set_up(token, ...); api.get("/v1/customers")."""

import http.client
import json
import time
import urllib.parse
import uuid


class Refused(Exception):
    """An answer with a status of 400 or more; `problem` is its document."""

    def __init__(self, status, problem, path):
        super().__init__(f"{status} {problem.get('code')} at {path}: {problem.get('detail')} {problem.get('errors', '')}")
        self.status = status
        self.problem = problem
        self.code = problem.get("code")


class Highseas:
    def __init__(self, url, token=None):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port or 80
        self.token = token
        self.connection = None
        self.position = None

    def as_member(self, email, password):
        """A client of its own for another member."""
        other = Highseas(f"http://{self.host}:{self.port}")
        other.log_in(email, password)
        return other

    def log_in(self, email, password):
        self.token = None
        self.token = self.post("/v1/sessions", {"email": email, "password": password})["token"]

    def set_up(self, token, workspace, admin):
        answer = self.post("/v1/setup", {"setup_token": token, "workspace": workspace, "admin": admin})
        self.token = answer["token"]
        return answer

    def get(self, path, **query):
        if query:
            path += "?" + urllib.parse.urlencode(query)
        return self.call("GET", path)

    def post(self, path, body=None, **headers):
        return self.call("POST", path, body, headers)

    def patch(self, path, body, **headers):
        return self.call("PATCH", path, body, headers)

    def put(self, path, body, **headers):
        return self.call("PUT", path, body, headers)

    def delete(self, path, **headers):
        return self.call("DELETE", path, None, headers)

    def upload(self, name, content):
        boundary = uuid.uuid4().hex
        body = (f"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n"
                "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.raw("POST", "/v1/files", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def all(self, path, **query):
        """Every item of a list, page by page."""
        cursor = None
        while True:
            page = self.get(path, **query, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return

    def wait_for_job(self, job, seconds=600):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = self.get(f"/v1/jobs/{job}")
            if state["state"] not in ("queued", "running"):
                return state
            time.sleep(0.1)
        raise TimeoutError(f"job {job} did not end within {seconds} s")

    def call(self, method, path, body=None, headers=None):
        data = None
        headers = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        return self.raw(method, path, data, headers)

    def raw(self, method, path, data, headers):
        headers = dict(headers)
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        headers.setdefault("Accept-Language", "en")
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
            try:
                self.connection.request(method, path, data, headers)
                response = self.connection.getresponse()
                text = response.read()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.connection = None  # an idle connection was closed under us
                if attempt == 2:
                    raise
        self.position = response.headers.get("Highseas-Position")
        content = response.headers.get("Content-Type", "")
        answer = json.loads(text) if text and "json" in content and "ndjson" not in content else text
        if response.status >= 400:
            raise Refused(response.status, answer if isinstance(answer, dict) else {}, path)
        return answer
