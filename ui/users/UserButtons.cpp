#include "ui/users/UserButtons.h"

#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/FactorTexts.h"
#include "ui/users/UserAccess.h"
#include "ui/users/UserChanges.h"
#include "ui/users/UserDetails.h"

#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

UserButtons::UserButtons(UserChanges &changes, UserAccess &access, const Add &add, const std::function<const UserView *()> &selected,
                         QObject *page)
    : QObject(page)
{
    const auto addFor = [&add, &selected](const QString &iconName, const QString &text, const auto &order) {
        return add(iconName, text, [selected, order] {
            if (const UserView *user = selected())
                order(*user);
        });
    };
    //: Button: shows the sessions of the selected user.
    m_ofPresent += addFor(u"sessions"_s, tr("Sho&w sessions"), [this](const UserView &user) { Q_EMIT sessionsWanted(user); });
    //: Button: sends another mail to somebody who was invited and has set no password yet.
    m_resend = addFor(u"mail"_s, tr("Send invi&tation again"), [&access](const UserView &user) { access.resendInvitation(user); });
    //: Button: opens a dialog for name, e-mail address and roles.
    m_ofPresent += addFor(u"edit"_s, tr("Ed&it…"), [this](const UserView &user) { Q_EMIT editWanted(user); });
    //: Button: opens a dialog for a new password.
    m_ofPresent += addFor(u"lock"_s, tr("Set &password…"), [&access](const UserView &user) { access.setPassword(user); });
    //: Button: takes the second factors of the selected user away. The dots say that a question follows.
    m_reset = addFor(u"factors"_s, tr("Reset second &factors…"), [&access](const UserView &user) { access.resetFactors(user); });
    //: Button: ends all sessions of the selected user. The dots say that a question follows.
    m_ofPresent += addFor(u"signout"_s, tr("End all sessi&ons…"), [&access](const UserView &user) { access.endSessions(user); });
    m_disable = addFor(u"ban"_s, {}, [&changes](const UserView &user) { changes.toggleDisabled(user); });
    presentSwitch(false);
    m_ofPresent << m_reset << m_disable;
    //: Button: takes the deletion of the selected user back.
    m_restore = addFor(u"undo"_s, tr("&Restore account"), [&changes](const UserView &user) { changes.restore(user); });
}

void UserButtons::present(const UserView *user, bool ofDeleted, const UserDetails &details)
{
    if (const bool enables = user && user->disabled; enables != m_enables)
        presentSwitch(enables);
    m_resend->setVisible(user && user->invitedAt && !user->disabled);
    for (QPushButton *order : std::as_const(m_ofPresent))
        order->setVisible(!ofDeleted);
    m_restore->setVisible(ofDeleted);
    presentReset(user, details);
}

/// Different acts, different drawings.
void UserButtons::presentSwitch(bool enables)
{
    m_enables = enables;
    m_disable->setIcon(icon(enables ? u"done"_s : u"ban"_s));
    m_disable->setText(enables ? /*: Button: lets a disabled account be used again. */ tr("Ena&ble account")
                               : /*: Button: keeps an account from being used. The dots say that a question follows. */
                           tr("Disa&ble account…"));
}

void UserButtons::presentReset(const UserView *user, const UserDetails &details)
{
    const auto &factors = details.factors();
    const auto &failure = details.factorsFailure();
    QString why;
    if (user && factors)
        why = FactorTexts::whyNothing(*factors);
    else if (user)
        //: Why second factors cannot be reset yet.
        why = failure ? UiTexts::of(*failure) : tr("The second factors are being read.");
    m_reset->setEnabled(user && factors && why.isEmpty());
    m_reset->setToolTip(why);
}

} // namespace warder
