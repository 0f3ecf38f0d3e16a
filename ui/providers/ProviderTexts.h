#pragma once

#include "core/console/orders/Providers.h"
#include "ui/support/Tone.h"
#include "ui/widgets/DetailsPanel.h"

#include <QCoreApplication>

namespace warder {

struct Confirmation;

/// Where else people have accounts that sign in here, in words. Pure; GUI thread.
class ProviderTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ProviderTexts)
public:
    /// In the order of a choice: the best known first, any OpenID provider last.
    static QStringList kinds();
    /// "Google"; of any: "OpenID Connect".
    static QString kind(const QString &name);
    /// What to do at the provider before it can be added here: where, and what to ask for.
    static QString registration(const QString &kind);

    static QString state(const ProviderView &provider);
    static Tone tone(const ProviderView &provider);
    /// What the state means and what to do; empty where the word says all.
    static QString explained(const ProviderView &provider);
    static QList<DetailsPanel::Fact> facts(const ProviderView &provider, TimePoint now);

    /// What follows when it is switched off, or removed. `atStake`: of this moment.
    static Confirmation beforeSwitchOff(const ProviderView &provider, const ProviderRemovalView &atStake);
    static Confirmation beforeRemoval(const ProviderView &provider, const ProviderRemovalView &atStake);
    static QString added(const ProviderView &provider);
    static QString changed(const ProviderView &provider);
    static QString switched(const ProviderView &provider);
    static QString removed(const ProviderView &provider, const ProviderRemovalView &gone);
    /// In place of an order about one that somebody else has removed.
    static QString gone(const QString &label);

    /// Of a test: what was looked at.
    static QString subject(const ProviderCheckView &step);
    static Tone tone(const ProviderCheckView &step);
    /// The answer to: does it work?
    static QString verdict(const QList<ProviderCheckView> &steps);
    static Tone tone(const QList<ProviderCheckView> &steps);

    /// Where a provider that goes by `name` in addresses sends browsers back to, in an app of ours at `origin`.
    static QString callback(const QString &origin, const QString &name);
};

} // namespace warder
