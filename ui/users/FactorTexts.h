#pragma once

#include "core/console/orders/Factors.h"
#include "core/console/orders/Users.h"
#include "ui/widgets/DetailsPanel.h"

#include <QCoreApplication>

namespace warder {

struct Confirmation;

/// What somebody signs in with beside a password, and what an admin's reset does to it, in words. Pure; GUI thread.
class FactorTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::FactorTexts)
public:
    /// "Password only"; `providers`: with whose accounts they sign in as well (IdentityTexts), empty: with none.
    static QString signIn(const UserView &user, const FactorsView &factors, const QString &providers);
    /// The settings demand a second factor, and the user has none yet.
    static bool isMissing(const UserView &user, const FactorsView &factors);
    /// Apps and passkeys by name, how many recovery codes and browsers; of what there is.
    static QList<DetailsPanel::Fact> facts(const FactorsView &factors, TimePoint now);

    /// Why ResetFactors would take nothing, and what to do; empty: it would.
    static QString whyNothing(const FactorsView &factors);
    /// `sessions`: of the user, live.
    static Confirmation beforeReset(const UserView &user, const FactorsView &factors, qint64 sessions);
    /// `email`: as it may stand in a sentence (UiTexts::foreign()).
    static QString wasReset(const QString &email, const FactorsResetView &gone);

private:
    static QString ownSignIn(const UserView &user, const FactorsView &factors, bool isAlone);
    static QString ages(const FactorView &factor, TimePoint now);
    static QString exactAges(const FactorView &factor);
    static QString inWords(const FactorsResetView &gone);
    static QString signInAfter(const UserView &user, const FactorsView &factors);
};

} // namespace warder
