#pragma once

#include "core/console/orders/Providers.h"
#include "ui/PageContext.h"

#include <QCoreApplication>

#include <functional>

class QWidget;

namespace warder {

class FormDialog;

/// The forms about a provider. Each is to be opened, and goes when it closes; `onTaken` hears of the provider as it is once the server has
/// taken the order. A secret is typed and never shown again: an empty field leaves the one that is there. GUI thread.
class ProviderDialogs final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ProviderDialogs)
public:
    using OnTaken = std::function<void(const ProviderView &)>;
    using OnEdited = std::function<void(const ProviderView &, const ProviderEditView &sent)>;

    /// A new one: a choice of kinds, what to do there, the redirect URI for it, and only the fields that the kind needs. `taken`: the
    /// names of those that are there.
    static FormDialog *create(const PageContext &context, const QList<ProviderPresetView> &presets, const QStringList &taken,
                              QWidget *parent, OnTaken onTaken);
    /// Sends what was changed only.
    static FormDialog *edit(const PageContext &context, const ProviderView &provider, QWidget *parent, OnEdited onEdited);
};

} // namespace warder
