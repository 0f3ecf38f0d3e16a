#pragma once

#include "core/console/orders/Factors.h"
#include "core/console/orders/Users.h"
#include "ui/support/Tone.h"
#include "ui/widgets/DetailsPanel.h"

#include <QCoreApplication>

namespace warder {

/// What is known of a user, in words. Pure; GUI thread.
class UserTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::UserTexts)
public:
    /// `signIn`: what they sign in with (FactorTexts).
    static QList<DetailsPanel::Fact> facts(const UserView &user, const QString &signIn);

    /// What is to be said of them first, and how it is meant; often nothing.
    struct Remark
    {
        Tone tone = Tone::Neutral;
        QString text = {};
    };
    static Remark remark(const UserView &user, const std::optional<FactorsView> &factors, TimePoint now);

    /// What an order that ends all of somebody's live sessions does to them: so many there are.
    static QString sessionsEnd(qint64 live);
};

} // namespace warder
