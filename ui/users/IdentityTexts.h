#pragma once

#include "core/console/orders/Providers.h"
#include "ui/widgets/DetailsPanel.h"

#include <QCoreApplication>

namespace warder {

/// With which accounts at providers somebody signs in, in words. Pure; GUI thread.
class IdentityTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::IdentityTexts)
public:
    /// The providers that are on, each once: "Google, GitHub". Empty: none.
    static QString providers(const QList<IdentityView> &identities);
    static QList<DetailsPanel::Fact> facts(const QList<IdentityView> &identities, TimePoint now);
};

} // namespace warder
