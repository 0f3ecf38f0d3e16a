#include "ui/users/FactorTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UserTexts.h"
#include "ui/widgets/Confirm.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool hasPassword(const UserView &user) { return !user.passwordScheme.isEmpty(); }

/// What the core's reset takes.
FactorsResetView atStake(const FactorsView &factors)
{
    return {.totp = factors.totp.size(),
            .passkeys = factors.passkeysStay ? 0 : factors.passkeys.size(),
            .recoveryCodes = factors.recoveryCodesLeft,
            .trustedDevices = factors.trustedDevices};
}

} // namespace

bool FactorTexts::isMissing(const UserView &user, const FactorsView &factors)
{
    return factors.required && hasPassword(user) && factors.totp.isEmpty() && factors.passkeys.isEmpty();
}

QString FactorTexts::signIn(const UserView &user, const FactorsView &factors, const QString &providers)
{
    if (providers.isEmpty())
        return ownSignIn(user, factors, true);
    if (!hasPassword(user) && factors.passkeys.isEmpty())
        //: What somebody signs in with: there is neither a password nor a passkey; %1 is a provider, or several: "Google, GitHub".
        return tr("%1 only").arg(providers);
    //: What somebody signs in with: %1 is "Password alone, or passkey" or the like; %2 is a provider, or several: "Google, GitHub".
    return tr("%1, or %2").arg(ownSignIn(user, factors, false), providers);
}

/// `isAlone`: there is no provider beside it.
QString FactorTexts::ownSignIn(const UserView &user, const FactorsView &factors, bool isAlone)
{
    const bool hasPasskey = !factors.passkeys.isEmpty();
    if (!hasPassword(user) && hasPasskey)
        return isAlone ? /*: What somebody signs in with: there is no password. */ tr("Passkey only")
                       : /*: What somebody signs in with, before ", or" and a provider. */ tr("Passkey");
    if (!hasPassword(user))
        //: What somebody signs in with: there is neither a password nor a passkey.
        return tr("Nothing yet");
    if (!factors.enabled && (!factors.required || isMissing(user, factors))) {
        if (hasPasskey)
            //: What somebody signs in with: either of the two is enough.
            return tr("Password alone, or passkey");
        return isAlone ? /*: What somebody signs in with: there is no second factor. */ tr("Password only")
                       : /*: What somebody signs in with, before ", or" and a provider: there is no second factor. */ tr("Password alone");
    }
    return hasPasskey
               ? /*: What somebody signs in with: the two of them, or a passkey alone. */ tr("Password and second factor, or passkey")
               : /*: What somebody signs in with: both are needed. */ tr("Password and second factor");
}

QString FactorTexts::ages(const FactorView &factor, TimePoint now)
{
    //: Of an authenticator app or a passkey; %1 is a time such as "3 days ago".
    const QString added = tr("added %1").arg(Times::ago(factor.createdAt, now));
    //: Of an authenticator app or a passkey.
    QString used = tr("never used");
    if (factor.lastUsedAt)
        //: Of an authenticator app or a passkey; %1 is a time such as "3 days ago".
        used = tr("last used %1").arg(Times::ago(*factor.lastUsedAt, now));
    return UiTexts::inOneLine({added, used});
}

QString FactorTexts::exactAges(const FactorView &factor)
{
    QStringList parts {Times::exact(factor.createdAt)};
    if (factor.lastUsedAt)
        parts += Times::exact(*factor.lastUsedAt);
    return UiTexts::inOneLine(parts);
}

QList<DetailsPanel::Fact> FactorTexts::facts(const FactorsView &factors, TimePoint now)
{
    QList<DetailsPanel::Fact> facts;
    const auto add = [&facts](const QString &kind, const QList<FactorView> &list, const auto &remark) {
        for (const FactorView &one : list) {
            //: In place of the name of an authenticator app or a passkey that has none.
            const QString name = one.name.isEmpty() ? tr("Without a name") : one.name;
            const bool isFirst = &one == &list.first();
            facts += {.name = isFirst ? kind : QString(), .value = name, .remark = remark(one), .tip = exactAges(one)};
        }
    };
    //: Name of a fact about a user: the apps on their phones that show codes.
    add(tr("Authenticator apps"), factors.totp, [now](const FactorView &one) { return ages(one, now); });
    //: Name of a fact about a user.
    add(tr("Passkeys"), factors.passkeys, [now](const FactorView &one) {
        const QString where = one.synced ? /*: Of a passkey: a password manager keeps copies of it. */ tr("synced")
                                         : /*: Of a passkey: there are no copies of it. */ tr("on one device");
        return UiTexts::inOneLine({where, ages(one, now)});
    });
    if (!factors.totp.isEmpty() || factors.recoveryCodesLeft > 0)
        //: Name of a fact about a user: codes that stand in for a lost phone, each once.
        facts += {.name = tr("Recovery codes"),
                  .value = factors.recoveryCodesLeft > 0
                               ? /*: How many recovery codes were not used yet. */ tr("%Ln left", nullptr, int(factors.recoveryCodesLeft))
                               : /*: Of recovery codes: all of them were used. */ tr("none left")};
    if (factors.trustedDevices > 0)
        //: Name of a fact about a user: browsers that asked to be remembered when a second factor was given there.
        facts += {.name = tr("Trusted browsers"),
                  .value = UiTexts::count(factors.trustedDevices),
                  //: Of browsers that asked to be remembered.
                  .remark = tr("not asked for a second factor for a while")};
    return facts;
}

QString FactorTexts::whyNothing(const FactorsView &factors)
{
    if (!atStake(factors).isNothing())
        return {};
    if (!factors.passkeys.isEmpty())
        //: Why second factors cannot be reset: there is no password.
        return tr("The passkeys are this user’s only way in, so they stay. Set a password first; then they can be reset.");
    //: Why second factors cannot be reset.
    return tr("This user has no second factor: there is nothing to reset.");
}

QString FactorTexts::inWords(const FactorsResetView &gone)
{
    QStringList parts;
    if (gone.totp > 0)
        //: What a reset takes, in a list.
        parts += tr("%Ln authenticator app(s)", nullptr, int(gone.totp));
    if (gone.passkeys > 0)
        //: What a reset takes, in a list.
        parts += tr("%Ln passkey(s)", nullptr, int(gone.passkeys));
    if (gone.recoveryCodes > 0)
        //: What a reset takes, in a list.
        parts += tr("%Ln recovery code(s)", nullptr, int(gone.recoveryCodes));
    if (gone.trustedDevices > 0)
        //: What a reset takes, in a list: browsers that asked to be remembered.
        parts += tr("%Ln trusted browser(s)", nullptr, int(gone.trustedDevices));
    return UiTexts::inOneLine(parts);
}

QString FactorTexts::signInAfter(const UserView &user, const FactorsView &factors)
{
    if (factors.passkeysStay && factors.passkeys.isEmpty())
        //: What follows when second factors are reset: there is no password.
        return tr("The account has no password either: set one for its owner.");
    if (factors.passkeysStay)
        //: What follows when second factors are reset: there is no password.
        return tr("The account has no password, so its passkeys stay. If they are lost, too, set a password first.");
    if (!hasPassword(user))
        //: What follows when second factors are reset: there is no password, but an account at a provider, such as Google.
        return tr("The provider alone signs in again.");
    //: What follows when second factors are reset: the settings demand one of this user.
    return factors.required ? tr("At the next sign-in the password is enough to set up a new second factor.")
                            : /*: What follows when second factors are reset. */ tr("The password alone signs in again.");
}

Confirmation FactorTexts::beforeReset(const UserView &user, const FactorsView &factors, qint64 sessions)
{
    //: What follows when second factors are reset; %1 is a list of them.
    QString effect = tr("This goes, and cannot be brought back: %1.").arg(inWords(atStake(factors)));
    effect += u' ' + UserTexts::sessionsEnd(sessions) + u' ' + signInAfter(user, factors);
    //: Before second factors are reset: somebody else may have asked for it.
    effect += u"\n\n"_s + tr("Make sure first that it is the owner of the account who asks.");
    return {//: Question before second factors are reset; %1 is an e-mail address.
            .question = tr("Reset the second factors of %1?").arg(UiTexts::foreign(user.email)),
            .effect = effect,
            //: Button: takes the second factors of a user away.
            .action = tr("Reset")};
}

QString FactorTexts::wasReset(const QString &email, const FactorsResetView &gone)
{
    if (gone.isNothing())
        //: Said after second factors were to be reset, and there were none any more; %1 is an e-mail address.
        return tr("%1 had no second factor any more: nothing has changed.").arg(email);
    //: Said after second factors were reset; %1 is an e-mail address, %2 a list of them.
    return tr("Taken from %1: %2. All their sessions have ended.").arg(email, inWords(gone));
}

} // namespace warder
