#include "core/net/gate/GateReader.h"
#include "tests/fuzz/Check.h"
#include "tests/fuzz/OtherRun.h"

#include <algorithm>
#include <random>

using namespace warder;
using namespace warder::fuzz;

/// The gate's reader beside llhttp. Two bytes of the input decide how the rest is cut into pieces, which must not matter; and
/// whatever the reader accepts, llhttp must accept too, and frame alike. The reader may be stricter, never looser.
namespace {

void checkAlike(const GateRun &pieces, const GateRun &bytewise)
{
    check(pieces.refusal == bytewise.refusal, "the pieces change the refusal");
    check(pieces.requests.size() == bytewise.requests.size(), "the pieces change the number of requests");
    for (std::size_t i = 0; i < pieces.requests.size(); ++i) {
        const Framed &one = pieces.requests[i];
        const Framed &other = bytewise.requests[i];
        check(one.method == other.method && one.target == other.target && one.minor == other.minor, "the pieces change a request line");
        check(one.fields == other.fields, "the pieces change fields");
        check(one.body == other.body && one.keepAlive == other.keepAlive, "the pieces change a body");
    }
}

/// Absolute form (RFC 9112 §3.2.2): we turn it into origin form, llhttp leaves that to its user.
std::string originForm(const std::string &target)
{
    if (target.starts_with('/'))
        return target;
    const auto authority = target.find("://") + 3;
    const auto path = target.find('/', authority);
    return path == target.npos ? "/" : target.substr(path);
}

bool saysClose(const Framed &request)
{
    return std::ranges::any_of(request.fields, [](const auto &field) {
        const auto closes = std::ranges::search(field.second, std::string_view("close"), [](char c, char l) { return (c | 0x20) == l; });
        return equalsIgnoringCase(field.first, "connection") && !closes.empty();
    });
}

/// Where we go on, llhttp must. Where it would go on but we close, the client must have said "close": in HTTP/1.0 llhttp prefers
/// "keep-alive" when both are said (we do not: RFC 9112 §9.3).
void checkKeepAlive(const Framed &ours, const Framed &theirs)
{
    if (ours.keepAlive)
        check(theirs.keepAlive, "we go on where llhttp closes");
    else
        check(!theirs.keepAlive || (ours.minor == 0 && saysClose(ours)), "we close without being told");
}

/// llhttp obeys Proxy-Connection like Connection; no specification knows it, and we ignore it. What comes after such a request
/// cannot be compared.
std::vector<Framed> comparable(std::vector<Framed> requests)
{
    const auto has = [](const Framed &request) { return request.has("proxy-connection"); };
    requests.erase(std::ranges::find_if(requests, has), requests.end());
    return requests;
}

void checkFramedAlike(const Framed &ours, const Framed &theirs)
{
    check(ours.end == theirs.end, "a request ends elsewhere");
    check(ours.method == theirs.method, "another method");
    check(ours.target == originForm(theirs.target), "another target");
    check(ours.minor == theirs.minor, "another version");
    check(ours.fields == theirs.fields, "other fields");
    check(ours.body == theirs.body, "another body");
    checkKeepAlive(ours, theirs);
}

void checkBesideOther(std::string_view bytes, const std::vector<Framed> &all)
{
    const std::vector<Framed> ours = comparable(all);
    if (ours.empty())
        return;
    const OtherRun other = runOther(bytes.substr(0, ours.back().end));
    if (!other.fault.empty())
        std::fprintf(stderr, "llhttp: %s\n", other.fault.c_str());
    check(other.fault.empty(), "we accept what llhttp refuses");
    check(other.requests.size() == ours.size(), "another number of requests");
    for (std::size_t i = 0; i < ours.size(); ++i)
        checkFramedAlike(ours[i], other.requests[i]);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 2, size - 2);
    const GateRun bytewise = runGateBytewise(bytes);
    checkAlike(runGate(bytes, [] { return GateReader::room(); }), bytewise);
    std::minstd_rand chance(data[1] + 1u);
    const std::size_t most = data[0] + 1u;
    checkAlike(runGate(bytes, [&] { return 1 + chance() % most; }), bytewise);
    checkBesideOther(bytes, bytewise.requests);
    return 0;
}
