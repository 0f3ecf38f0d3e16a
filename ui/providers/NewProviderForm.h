#pragma once

#include "core/console/orders/Providers.h"

#include <QObject>

#include <optional>

class QComboBox;
class QLabel;

namespace warder {

class FormDialog;
class FormField;
class KeyFileField;
class RedirectUris;
class TrustBox;

/// What stands in the dialog that adds a provider: which kind, where to register there and with which redirect URI, and the fields that the
/// kind needs, no others. A child of its dialog. GUI thread.
class NewProviderForm final : public QObject
{
    Q_OBJECT
public:
    /// `presets`: at least one. `taken`: the names of those that are there.
    NewProviderForm(const QList<ProviderPresetView> &presets, QStringList taken, FormDialog &dialog);

    /// Nothing after what is wrong was shown.
    std::optional<AddProvider> order() const;

private:
    void addKind(FormDialog &dialog);
    void addPlace(FormDialog &dialog);
    void addClient(FormDialog &dialog);
    void wire();
    const ProviderPresetView &preset() const;
    bool needs(QLatin1StringView what) const;
    QString name() const;
    QString callback() const;
    void showKind();
    void showCallback();
    /// Says what the server would refuse without naming a field; false if that is something.
    bool check() const;

    QList<ProviderPresetView> m_presets;
    QStringList m_taken;
    QComboBox *m_kind;
    QLabel *m_registration;
    FormField *m_issuer;
    FormField *m_tenant;
    FormField *m_label;
    FormField *m_name;
    FormField *m_origin;
    RedirectUris *m_callback;
    FormField *m_clientId;
    FormField *m_team;
    FormField *m_keyId;
    KeyFileField *m_keyFile;
    FormField *m_secret;
    TrustBox *m_trust;
};

} // namespace warder
