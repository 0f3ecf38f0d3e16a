#include "tests/fuzz/GateRun.h"

#include "core/net/gate/GateReader.h"
#include "core/net/gate/HttpFraming.h"
#include "core/net/gate/RequestHead.h"
#include "tests/fuzz/Check.h"

#include <algorithm>

namespace warder::fuzz {
namespace {

/// A route with a limit of its own.
qint64 bodyLimitOf(const RequestHead &head) { return head.path() == "/small" ? 3 : fuzzLimits().body; }

std::size_t lengthOf(const RequestHead &head)
{
    std::size_t length = head.method.size() + head.target.size();
    for (const auto &[name, value] : head.fields)
        length += name.size() + value.size() + 3;
    return length;
}

void checkLimits(const GateReader &reader)
{
    const RequestHead &head = reader.head();
    check(lengthOf(head) <= std::size_t(fuzzLimits().head), "a head beyond the limit");
    check(head.target.size() <= std::size_t(fuzzLimits().requestLine), "a target beyond the limit");
    check(head.fields.size() <= std::size_t(fuzzLimits().fields), "fields beyond the limit");
    check(qint64(reader.body().size()) <= bodyLimitOf(head), "a body beyond the limit");
    check(isPlainTarget(head.target), "a target of two meanings");
    check(head.minor == 0 || isValidHost(head.host), "no host");
    check(head.chunked || qint64(reader.body().size()) == std::max<qint64>(head.contentLength, 0), "a body of another length");
}

Framed framedBy(const GateReader &reader)
{
    checkLimits(reader);
    const RequestHead &head = reader.head();
    Framed framed {.method = std::string(head.method),
                   .target = std::string(head.target),
                   .minor = head.minor,
                   .body = reader.body(),
                   .keepAlive = head.keepAlive};
    for (const auto &[name, value] : head.fields)
        framed.fields.emplace_back(name, value);
    return framed;
}

} // namespace

bool Framed::has(std::string_view name) const
{
    return std::ranges::any_of(fields, [name](const auto &field) { return equalsIgnoringCase(field.first, name); });
}

const FramingLimits &fuzzLimits()
{
    static const FramingLimits limits {.requestLine = 200, .head = 600, .fields = 12, .body = 100, .chunkExtensions = 24, .trailers = 64};
    return limits;
}

GateRun runGate(std::string_view bytes, const PieceSize &pieceSize)
{
    GateRun run;
    GateReader reader(fuzzLimits(), bodyLimitOf);
    for (;;) {
        const GateReader::State state = reader.advance();
        if (state == GateReader::State::Complete) {
            run.requests.push_back(framedBy(reader));
            if (!run.requests.back().keepAlive)
                return run;
            reader.next();
            continue;
        }
        if (state == GateReader::State::Refused) {
            run.refusal = reader.refusal();
            check(run.refusal >= 400 && run.refusal < 600, "refused with no status for it");
            return run;
        }
        if (bytes.empty())
            return run;
        // A copy of its own size: reading past it is noticed.
        const auto piece = bytes.substr(0, std::clamp<std::size_t>(pieceSize(), 1, std::size_t(GateReader::room())));
        const std::vector<char> copy(piece.begin(), piece.end());
        reader.append({copy.data(), copy.size()});
        bytes.remove_prefix(piece.size());
    }
}

GateRun runGateBytewise(std::string_view bytes)
{
    GateRun run;
    GateReader reader(fuzzLimits(), bodyLimitOf);
    for (std::size_t fed = 1; fed <= bytes.size(); ++fed) {
        reader.append(bytes.substr(fed - 1, 1));
        if (reader.advance() == GateReader::State::Refused) {
            run.refusal = reader.refusal();
            return run;
        }
        if (reader.state() != GateReader::State::Complete)
            continue;
        run.requests.push_back(framedBy(reader));
        run.requests.back().end = fed;
        if (!run.requests.back().keepAlive)
            return run;
        reader.next();
        check(reader.advance() == GateReader::State::Empty, "bytes left over after a request's last");
    }
    return run;
}

} // namespace warder::fuzz
