#pragma once

#include "core/console/orders/Providers.h"

#include <QCoreApplication>

namespace warder {

struct Confirmation;

/// What was done to a provider, as the list of what can be taken back names it, what takes it back, and whether it still is as it was left.
/// Nobody can read a secret, so that one stays. Pure; GUI thread.
class ProviderUndos final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ProviderUndos)
public:
    static QString changed(const ProviderView &left);
    static QString switched(const ProviderView &left);

    /// Of what `sent` changed, what it was; nothing in it where that was the secret alone.
    static ProviderEditView back(const ProviderEditView &sent, const ProviderView &before);
    static bool isStill(const ProviderView &left, const QList<ProviderView> &providers);

    /// Before what `sent` changed is as it was.
    static Confirmation question(const ProviderView &left, const ProviderEditView &sent);
    /// Before one that was switched off is on again.
    static Confirmation beforeSwitchOn(const ProviderView &left);
};

} // namespace warder
