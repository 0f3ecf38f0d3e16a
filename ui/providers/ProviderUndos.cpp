#include "ui/providers/ProviderUndos.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"

#include <algorithm>
#include <tuple>

namespace warder {
namespace {

template <typename T>
std::optional<T> formerIfSent(const std::optional<T> &sent, const T &before)
{
    return sent ? std::optional<T>(before) : std::nullopt;
}

/// All that an edit may change and anybody may read.
auto readableOf(const ProviderView &provider)
{
    return std::tie(provider.label, provider.clientId, provider.scopes, provider.callbacks, provider.team, provider.keyId,
                    provider.trustEmail, provider.enabled);
}

} // namespace

QString ProviderUndos::changed(const ProviderView &left)
{
    //: What was done and can be taken back; %1 is what a provider is called ("Google").
    return tr("Change of %1").arg(UiTexts::foreign(left.label));
}

QString ProviderUndos::switched(const ProviderView &left)
{
    const QString shown = UiTexts::foreign(left.label);
    return left.enabled ? /*: What was done and can be taken back; %1 is what a provider is called. */ tr("Switching on of %1").arg(shown)
                        : /*: What was done and can be taken back; %1 is what a provider is called. */ tr("Switching off of %1").arg(shown);
}

ProviderEditView ProviderUndos::back(const ProviderEditView &sent, const ProviderView &before)
{
    return {.label = formerIfSent(sent.label, before.label),
            .clientId = formerIfSent(sent.clientId, before.clientId),
            .scopes = formerIfSent(sent.scopes, before.scopes),
            .callbacks = formerIfSent(sent.callbacks, before.callbacks),
            .team = formerIfSent(sent.team, before.team),
            .keyId = formerIfSent(sent.keyId, before.keyId),
            .trustEmail = formerIfSent(sent.trustEmail, before.trustEmail),
            .enabled = formerIfSent(sent.enabled, before.enabled)};
}

bool ProviderUndos::isStill(const ProviderView &left, const QList<ProviderView> &providers)
{
    const auto now = std::ranges::find(providers, left.name, &ProviderView::name);
    return now != providers.end() && readableOf(*now) == readableOf(left);
}

Confirmation ProviderUndos::question(const ProviderView &left, const ProviderEditView &sent)
{
    //: What follows when the change of a provider is taken back.
    QString effect = tr("What was changed is as it was before, at once.");
    if (sent.secret)
        //: What follows besides, where the change of a provider gave it a new secret.
        effect += u' ' + tr("The new secret stays: nobody can read what it was. If it does not belong to the rest, type the former one.");
    return {//: A question; %1 is what a provider is called ("Google").
            .question = tr("Take back the change of %1?").arg(UiTexts::foreign(left.label)),
            .effect = effect,
            //: Button: agrees.
            .action = tr("Take back")};
}

Confirmation ProviderUndos::beforeSwitchOn(const ProviderView &left)
{
    return {//: A question; %1 is what a provider is called ("Google").
            .question = tr("Switch on sign-in with %1 again?").arg(UiTexts::foreign(left.label)),
            //: What follows when a provider is switched on again.
            .effect = tr("Its button comes back, and people sign in with it at once."),
            //: Button: switches a provider on.
            .action = tr("Switch on")};
}

} // namespace warder
