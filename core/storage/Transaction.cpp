#include "core/storage/Transaction.h"

#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A function that throws is a bug, but no reason to leave the others untold: the rows are what they are by now.
template <typename... Argument>
void callEach(const std::vector<std::function<void(Argument...)>> &all, Argument... argument)
{
    for (const auto &one : all) {
        try {
            one(argument...);
        } catch (const std::exception &thrown) {
            log(LogLevel::Error, "listener_threw"_L1, {{"why"_L1, QString::fromUtf8(thrown.what())}});
        } catch (...) {
            log(LogLevel::Error, "listener_threw"_L1, {{"why"_L1, u"something that is no std::exception"_s}});
        }
    }
}

} // namespace

void Transaction::end(bool committed)
{
    const auto ended = std::exchange(m_afterEnd, {});
    auto tell = std::exchange(m_afterCommit, {});
    if (auto last = std::exchange(m_afterCommitLast, {}))
        tell.push_back(std::move(last));
    callEach(ended, committed);
    if (committed)
        callEach(tell);
}

} // namespace warder
