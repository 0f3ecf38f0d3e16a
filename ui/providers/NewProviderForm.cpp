#include "ui/providers/NewProviderForm.h"

#include "ui/providers/ProviderTexts.h"
#include "ui/providers/RedirectUris.h"
#include "ui/providers/TrustBox.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/KeyFileField.h"
#include "ui/widgets/Labels.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The best known first, any other last.
QList<ProviderPresetView> ordered(QList<ProviderPresetView> presets)
{
    const auto place = [kinds = ProviderTexts::kinds()](const ProviderPresetView &preset) {
        const qsizetype at = kinds.indexOf(preset.kind);
        return at < 0 ? kinds.size() : at;
    };
    std::ranges::stable_sort(presets, std::less(), place);
    return presets;
}

QString shownText(const FormField *field) { return field->isVisibleTo(field->parentWidget()) ? field->text().trimmed() : QString(); }

} // namespace

NewProviderForm::NewProviderForm(const QList<ProviderPresetView> &presets, QStringList taken, FormDialog &dialog)
    : QObject(&dialog), m_presets(ordered(presets)), m_taken(std::move(taken))
{
    addKind(dialog);
    addPlace(dialog);
    addClient(dialog);
    wire();
    showKind();
    dialog.setMinimumWidth(560); // addresses are long
    m_kind->setFocus();
}

void NewProviderForm::addKind(FormDialog &dialog)
{
    m_kind = new QComboBox(&dialog);
    m_kind->setObjectName(u"kind"_s);
    //: Name of a choice, for screen readers: Google, GitHub …
    m_kind->setAccessibleName(tr("Kind of the provider"));
    for (const ProviderPresetView &preset : std::as_const(m_presets)) {
        //: Choice in a form: any provider that speaks OpenID Connect.
        m_kind->addItem(preset.kind == "oidc"_L1 ? tr("Any other, by OpenID Connect") : ProviderTexts::kind(preset.kind));
    }
    dialog.addWidget(m_kind);
}

void NewProviderForm::addPlace(FormDialog &dialog)
{
    //: Field of a form: the address by which OpenID Connect knows a provider.
    m_issuer = dialog.addField(u"issuer"_s, tr("&Issuer"));
    //: Field of a form: a directory at Microsoft.
    m_tenant = dialog.addField(u"tenant"_s, tr("&Tenant"),
                               //: Below the field of a directory at Microsoft; the words after "or" are typed as they stand here.
                               tr("The directory’s id or domain, such as contoso.com, or: common, organizations, consumers"));
    //: Field of a form: what people read on a button ("Google").
    m_label = dialog.addField(u"label"_s, tr("&Label of the button (optional)"));
    //: Field of a form: a provider's name as it stands in addresses.
    m_name = dialog.addField(u"name"_s, tr("&Name in addresses (optional)"));
    //: Field of a form: where the app is that people sign in to.
    m_origin = dialog.addField(u"origin"_s, tr("&Address of your app"));
    m_origin->edit().setText(m_presets.first().callbacks.value(0).section(u"/api/auth/"_s, 0, 0));
    m_registration = quietLabel({}, &dialog);
    dialog.addWidget(m_registration);
    m_callback = new RedirectUris(&dialog);
    dialog.addWidget(m_callback);
}

void NewProviderForm::addClient(FormDialog &dialog)
{
    //: Field of a form: what a provider calls this server.
    m_clientId = dialog.addField(u"clientId"_s, tr("&Client id"));
    //: Field of a form: what Apple calls a team of developers.
    m_team = dialog.addField(u"team"_s, tr("&Team id"));
    //: Field of a form: what Apple calls a key.
    m_keyId = dialog.addField(u"keyId"_s, tr("&Key id"));
    //: Below the field of a secret.
    const QString remark = tr("It is kept sealed and never shown.");
    //: Field of a form: the path of a file with a private key.
    m_keyFile = new KeyFileField(tr("&Private key (AuthKey_….p8)"), remark, &dialog);
    dialog.addWidget(m_keyFile);
    //: Field of a form.
    m_secret = dialog.addField(u"secret"_s, tr("Client &secret"), remark);
    m_secret->makeSecret();
    m_trust = new TrustBox(&dialog);
    dialog.addWidget(m_trust);
}

void NewProviderForm::wire()
{
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NewProviderForm::showKind);
    connect(&m_origin->edit(), &QLineEdit::textChanged, this, &NewProviderForm::showCallback);
    connect(&m_name->edit(), &QLineEdit::textChanged, this, &NewProviderForm::showCallback);
}

const ProviderPresetView &NewProviderForm::preset() const { return m_presets[qMax(0, m_kind->currentIndex())]; }

bool NewProviderForm::needs(QLatin1StringView what) const { return preset().needs.contains(what); }

QString NewProviderForm::name() const
{
    const QString typed = shownText(m_name);
    return typed.isEmpty() ? preset().kind : typed;
}

QString NewProviderForm::callback() const
{
    const QString origin = m_origin->text().trimmed();
    return origin.isEmpty() ? QString() : ProviderTexts::callback(origin, name());
}

void NewProviderForm::showKind()
{
    const bool isApple = needs("key_id"_L1);
    const bool canBeSeveral = !preset().issuerFixed || needs("tenant"_L1) || m_taken.contains(preset().kind);
    m_registration->setText(ProviderTexts::registration(preset().kind));
    m_issuer->setVisible(!preset().issuerFixed);
    //: In an empty field of a form: the address of a provider.
    m_issuer->edit().setPlaceholderText(needs("issuer"_L1) ? u"https://login.example.com"_s : tr("only for a server of your own"));
    m_tenant->setVisible(needs("tenant"_L1));
    for (FormField *field : {m_label, m_name})
        field->setVisible(canBeSeveral);
    m_label->edit().setPlaceholderText(preset().label);
    m_name->edit().setPlaceholderText(preset().kind);
    for (QWidget *widget : std::initializer_list<QWidget *> {m_team, m_keyId, m_keyFile})
        widget->setVisible(isApple);
    m_secret->setVisible(!isApple);
    m_trust->setVisible(preset().mayTrustEmail);
    m_trust->setChecked(preset().trustEmail);
    showCallback();
    QTimer::singleShot(0, m_kind->window(), &QWidget::adjustSize); // once the layout knows what it shows
}

void NewProviderForm::showCallback()
{
    const QString uri = callback();
    m_callback->present(uri.isEmpty() ? QStringList() : QStringList {uri});
}

bool NewProviderForm::check() const
{
    if (m_taken.contains(name())) {
        //: Below a field of a form: a provider's name as it stands in addresses.
        m_name->setFault(tr("There is a provider of this name already. Take another name."));
        m_name->setFocus();
        return false;
    }
    if (callback().isEmpty()) {
        //: Below an empty field of a form: the address of an app.
        m_origin->setFault(tr("Is needed: people come back to it from the provider."));
        m_origin->setFocus();
        return false;
    }
    return true;
}

std::optional<AddProvider> NewProviderForm::order() const
{
    if (!check())
        return std::nullopt;
    const bool isApple = needs("key_id"_L1);
    AddProvider order {.provider = {.kind = preset().kind,
                                    .name = name(),
                                    .label = shownText(m_label),
                                    .issuer = shownText(m_issuer),
                                    .clientId = shownText(m_clientId),
                                    .secret = isApple ? m_keyFile->read() : m_secret->text(),
                                    .callbacks = {callback()},
                                    .tenant = shownText(m_tenant),
                                    .team = shownText(m_team),
                                    .keyId = shownText(m_keyId)}};
    if (preset().mayTrustEmail)
        order.provider.trustEmail = m_trust->isChecked();
    if (isApple && order.provider.secret.isEmpty())
        return std::nullopt; // the field says why
    return order;
}

} // namespace warder
