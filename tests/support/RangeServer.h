#pragma once

#include "core/net/HttpHandler.h"
#include "core/net/HttpRequest.h"
#include "core/net/HttpResponse.h"
#include "core/net/Listener.h"
#include "core/net/PendingAnswer.h"
#include "core/net/gate/ConnectionCounts.h"

#include <QStringList>

#include <mutex>
#include <vector>

namespace warder::test {

/// A server of breached passwords on this machine, with threads of its own: knows the passwords that it is given, pads its answers, and
/// lies when it is told to. Made and destroyed by the test's thread.
class RangeServer final
{
public:
    enum class Answers { Rightly, InSmallLetters, Unavailable, Nonsense, Hugely, ByRedirect, Never };

    explicit RangeServer(const QStringList &breached = {});
    ~RangeServer();

    QByteArray url() const;
    /// From now on. What waited for an answer so far gets none.
    void answer(Answers how);

    /// The paths that it was asked for, and how many wait for ever.
    QByteArrayList asked() const;
    int waiting() const;
    /// Whether each question wanted padding.
    bool wantedPadding() const;

private:
    struct Handler final : HttpHandler
    {
        void handle(HttpRequest request, PendingAnswer pending) override;
        HttpResponse answerTo(const QByteArray &path) const;

        mutable std::mutex mutex; ///< Guards the rest.
        QByteArrayList hashes;
        Answers how = Answers::Rightly;
        QByteArrayList asked;
        bool padding = true;
        std::vector<PendingAnswer> kept;
    };

    Handler m_handler;
    ConnectionCounts m_counts;
    Listener m_listener {m_counts};
};

} // namespace warder::test
