#include "ui/users/UserTexts.h"

#include "ui/support/Times.h"
#include "ui/users/FactorTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

QList<DetailsPanel::Fact> UserTexts::facts(const UserView &user, const QString &signIn)
{
    const QString verified =
        user.emailVerified ? /*: The e-mail address is verified. */ tr("Yes") : /*: The e-mail address is not verified. */ tr("Not yet");
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a user.
        {tr("Name"), user.name.isEmpty() ? u"–"_s : user.name},
        //: Name of a fact about a user.
        {tr("Roles"), user.roles.isEmpty() ? u"–"_s : user.roles.join(u", "_s)},
        //: Name of a fact about a user: password, second factor, passkey.
        {tr("Signs in with"), signIn},
        //: Name of a fact about a user: when they last signed in.
        {tr("Last sign-in"), user.lastSignInAt ? Times::exact(*user.lastSignInAt) : /*: When a user last signed in. */ tr("never")},
        //: Name of a fact about a user: whether the e-mail address is verified.
        {tr("E-mail verified"), verified},
        //: Name of a fact about a user: when the account was created.
        {tr("Created"), Times::exact(user.createdAt)},
        //: Name of a fact about a user: how the password is stored.
        {tr("Password hash"), user.passwordScheme.isEmpty() ? u"–"_s : user.passwordScheme},
        //: Name of a fact about a user.
        {.name = tr("User id"), .value = user.id.toString(), .isFixedWidth = true},
    };
    if (user.deletedAt)
        //: Name of a fact about a user: when the account was deleted.
        facts.prepend({tr("Deleted"), Times::exact(*user.deletedAt)});
    return facts;
}

UserTexts::Remark UserTexts::remark(const UserView &user, const std::optional<FactorsView> &factors, TimePoint now)
{
    if (user.goesAt)
        //: A remark about a user; %1 is a date, %2 a time such as "in 12 days".
        return {.tone = Tone::Bad,
                .text = tr("Deleted. It goes for good on %1 (%2), and can be restored until then.")
                            .arg(Times::date(*user.goesAt), Times::until(*user.goesAt, now))};
    if (user.disabled)
        //: A remark about a user.
        return {.tone = Tone::Bad, .text = tr("This account is disabled: nobody can log in with it.")};
    if (user.invitedAt)
        //: A remark about a user; %1 is a time such as "3 days ago".
        return {.tone = Tone::Info,
                .text = tr("Invited %1, and has not set a password yet: nobody can sign in to this account.")
                            .arg(Times::ago(*user.invitedAt, now))};
    if (user.mustChangePassword)
        //: A remark about a user: an admin has set their password.
        return {.tone = Tone::Info, .text = tr("Has to choose another password at the next sign-in.")};
    if (factors && FactorTexts::isMissing(user, *factors))
        //: A remark about a user: the settings demand a second factor.
        return {.tone = Tone::Warning, .text = tr("There is no second factor yet: the next sign-in asks to set one up.")};
    return {};
}

QString UserTexts::sessionsEnd(qint64 live)
{
    if (live == 0)
        //: What follows from an order that ends the sessions of a user: there are none.
        return tr("No session is open.");
    //: What follows from an order that ends the sessions of a user.
    return tr("%Ln session(s) end with the next request.", nullptr, int(live));
}

} // namespace warder
