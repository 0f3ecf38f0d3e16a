#pragma once

#include "core/mail/Mail.h"
#include "core/mail/MailKind.h"
#include "tests/support/World.h"

namespace warder::test {

/// What goes out of a world that runs no mail thread. Answers requests as that thread does, each in a transaction of its own, and takes the
/// mails. Without limits and mail servers, which have tests of their own.
class Mailbox final
{
public:
    explicit Mailbox(World &world) : m_world(world) {}

    /// All that wait, in no order (ids are made within one millisecond); none of them waits any more.
    QList<Mail> takeAll();
    /// The one mail that waits. The test fails where there are none or several, or another kind: an empty one comes back.
    Mail takeOne(MailKind kind);
    /// The kinds of those that wait, sorted by name, for comparing; none of them waits any more.
    QStringList takeKinds();

private:
    /// False when there are no requests any more.
    bool answerRequests();

    World &m_world;
};

} // namespace warder::test
