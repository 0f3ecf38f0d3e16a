#include "ui/users/UserAccess.h"

#include "core/console/Console.h"
#include "core/console/orders/Sessions.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/users/CountedOrder.h"
#include "ui/users/FactorTexts.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/FormDialog.h"

#include <utility>

namespace warder {

UserAccess::UserAccess(const PageContext &context, QWidget *page)
    : QObject(page), m_context(context), m_page(page), m_counted(new CountedOrder(context, this, page))
{
    connect(m_counted, &CountedOrder::failed, this, &UserAccess::failed);
}

void UserAccess::setPassword(const UserView &user)
{
    auto *dialog = UserDialogs::setPassword(m_context, user, m_page, [this, email = UiTexts::foreign(user.email)] {
        //: Said after a new password was set; %1 is an e-mail address.
        Q_EMIT done(tr("%1 has a new password.").arg(email));
    });
    dialog->open();
}

/// Those that are counted and no others, which is what the page of sessions does as well.
void UserAccess::endSessions(const UserView &user)
{
    const QString email = UiTexts::foreign(user.email);
    const auto order = [this, id = user.id, email](qint64 seen, const CountedOrder::OnError &onError) {
        const auto onEnded = [this, email](int ended) {
            //: Said after sessions were ended; %1 is an e-mail address.
            Q_EMIT done(UsersPage::tr("Ended %Ln session(s) of %1.", nullptr, ended).arg(email));
        };
        ask(m_context.console.ask(RevokeShown {.filter = {.text = {}, .user = id}, .seen = seen}), m_page, onEnded, onError);
    };
    m_counted->put({.user = user.id, .question = [this, email](qint64 live) { return beforeEnding(email, live); }, .give = order});
}

std::optional<Confirmation> UserAccess::beforeEnding(const QString &email, qint64 live)
{
    if (live == 0) {
        //: Said instead of ending the sessions of a user; %1 is an e-mail address.
        Q_EMIT done(tr("%1 is not signed in anywhere: there is nothing to end.").arg(email));
        return std::nullopt;
    }
    return Confirmation {
        //: Question before all sessions of a user end; %1 is an e-mail address.
        .question = tr("End all %Ln session(s) of %1?", nullptr, int(live)).arg(email),
        //: What follows when all sessions of a user end.
        .effect = tr("They are signed out on every device with the next request, and may log in again at once. This cannot be undone."),
        //: Button: ends all sessions of a user.
        .action = tr("End sessions")};
}

void UserAccess::resendInvitation(const UserView &user)
{
    const auto onSent = [this](const UserView &after) {
        Q_EMIT invited(after);
        //: Said after an invitation was sent once more; %1 is an e-mail address.
        Q_EMIT done(tr("Sent another invitation to %1.").arg(UiTexts::foreign(after.email)));
    };
    ask(m_context.console.ask(ResendInvitation {.user = user.id}), m_page, onSent, [this](const Error &error) { Q_EMIT failed(error); });
}

/// Reads anew: the question says exactly what goes, and not every change of factors is told.
void UserAccess::resetFactors(const UserView &user)
{
    if (std::exchange(m_isResetAsked, true))
        return;
    ask(
        m_context.console.ask(FindFactors {.user = user.id}), m_page,
        [this, user](const FactorsView &factors) {
            m_isResetAsked = false;
            askToReset(user, factors);
        },
        [this](const Error &error) {
            m_isResetAsked = false;
            Q_EMIT failed(error);
        });
}

void UserAccess::askToReset(const UserView &user, const FactorsView &factors)
{
    Q_EMIT factorsChanged();
    if (const QString why = FactorTexts::whyNothing(factors); !why.isEmpty())
        return Q_EMIT done(why);
    const auto order = [this, id = user.id, email = UiTexts::foreign(user.email)](qint64 seen, const CountedOrder::OnError &onError) {
        const auto onReset = [this, email](const FactorsResetView &gone) {
            Q_EMIT factorsChanged();
            Q_EMIT done(FactorTexts::wasReset(email, gone));
        };
        ask(m_context.console.ask(ResetFactors {.user = id, .seen = seen}), m_page, onReset, onError);
    };
    m_counted->put({.user = user.id,
                    .question = [user, factors](qint64 live) { return FactorTexts::beforeReset(user, factors, live); },
                    .give = order});
}

} // namespace warder
