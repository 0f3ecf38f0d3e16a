#include "ui/palette/FoundUsers.h"

#include "core/console/TextMatcher.h"
#include "ui/support/Ask.h"

namespace warder {

FoundUsers::FoundUsers(Console &console, QObject *parent) : QObject(parent), m_console(console) {}

FoundUsers::~FoundUsers() { m_asked.cancel(); }

void FoundUsers::lookFor(const QString &typed)
{
    const QString text = typed.trimmed();
    m_asked.cancel();
    const quint64 question = ++m_question;
    const TextMatcher matcher(text);
    if (text.size() < fewestLetters || matcher.isEmpty())
        return m_users.clear();
    m_users.removeIf([&matcher](const UserView &user) { return !matcher.isIn(user.email) && !matcher.isIn(user.name); });
    m_asked = m_console.ask(ListUsers {.text = text, .cursor = {}, .limit = most});
    const auto onFound = [this, question](const PageOf<UserView> &page) {
        if (question != m_question)
            return;
        m_users = page.rows;
        Q_EMIT found();
    };
    ask(m_asked, this, onFound, [](const Error &) {
        // A server that does not answer is told of elsewhere; the orders can be found all the same.
    });
}

} // namespace warder
