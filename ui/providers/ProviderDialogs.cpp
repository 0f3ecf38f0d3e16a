#include "ui/providers/ProviderDialogs.h"

#include "ui/providers/NewProviderForm.h"
#include "ui/providers/TrustBox.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/KeyFileField.h"

#include <QLineEdit>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What is typed into a field, and was there before.
struct TypedField
{
    FormField *field = nullptr;
    QString before = {};

    std::optional<QString> changed() const
    {
        const QString now = field ? field->text().trimmed() : before;
        return now == before ? std::nullopt : std::optional(now);
    }
    std::optional<QStringList> changedWords() const
    {
        return changed() ? std::optional(changed()->split(u' ', Qt::SkipEmptyParts)) : std::nullopt;
    }
};

TypedField typedField(FormDialog &dialog, const QString &key, const QString &name, const QString &before, const QString &remark = {})
{
    FormField *field = dialog.addField(key, name, remark);
    field->edit().setText(before);
    field->edit().setCursorPosition(0);
    return {.field = field, .before = before};
}

/// The new secret of a provider: of Apple a file, of the others a line.
struct NewSecret
{
    FormField *line = nullptr;
    KeyFileField *file = nullptr;

    bool isGiven() const { return file ? !file->path().isEmpty() : !line->text().isEmpty(); }
    QString read() const { return file ? file->read() : line->text(); }
};

NewSecret newSecret(FormDialog &dialog, const ProviderView &provider)
{
    //: Below the field of a secret.
    const QString remark = ProviderDialogs::tr("Empty: the one that is there stays. It is kept sealed and never shown.");
    NewSecret secret;
    if (provider.kind == "apple"_L1) {
        //: Field of a form: the path of a file with a private key.
        secret.file = new KeyFileField(ProviderDialogs::tr("Private &key (AuthKey_….p8)"), remark, &dialog);
        dialog.addWidget(secret.file);
    } else {
        //: Field of a form.
        secret.line = dialog.addField(u"secret"_s, ProviderDialogs::tr("Client &secret"), remark);
        secret.line->makeSecret();
    }
    return secret;
}

} // namespace

FormDialog *ProviderDialogs::create(const PageContext &context, const QList<ProviderPresetView> &presets, const QStringList &taken,
                                    QWidget *parent, OnTaken onTaken)
{
    //: Title of a dialog.
    auto *dialog = new FormDialog(context, tr("Add a provider"), /*: Button of a dialog. */ tr("Add"), parent);
    auto *form = new NewProviderForm(presets, taken, *dialog);
    dialog->setOrder([form] { return form->order(); }, std::move(onTaken));
    return dialog;
}

FormDialog *ProviderDialogs::edit(const PageContext &context, const ProviderView &provider, QWidget *parent, OnEdited onEdited)
{
    //: Title of a dialog.
    auto *dialog = new FormDialog(context, tr("Edit provider"), /*: Button of a dialog. */ tr("Save"), parent);
    //: Field of a form: what people read on a button ("Google").
    const TypedField label = typedField(*dialog, u"label"_s, tr("&Label of the button"), provider.label);
    //: Field of a form: what a provider calls this server.
    const TypedField clientId = typedField(*dialog, u"clientId"_s, tr("&Client id"), provider.clientId);
    TypedField team {.before = provider.team};
    TypedField keyId {.before = provider.keyId};
    if (provider.kind == "apple"_L1) {
        //: Field of a form: what Apple calls a team of developers.
        team = typedField(*dialog, u"team"_s, tr("&Team id"), provider.team);
        //: Field of a form: what Apple calls a key.
        keyId = typedField(*dialog, u"keyId"_s, tr("Key &id"), provider.keyId);
    }
    const NewSecret secret = newSecret(*dialog, provider);
    const TypedField callbacks =
        typedField(*dialog, u"callbacks"_s, /*: Field of a form. */ tr("&Redirect URIs"), provider.callbacks.join(u' '),
                   /*: Below a field of addresses. */ tr("Separated by spaces; the provider must have the same."));
    const TypedField scopes =
        typedField(*dialog, u"scopes"_s, /*: Field of a form: what a provider is asked for. */ tr("Sco&pes"), provider.scopes.join(u' '));
    auto *trust = new TrustBox(dialog);
    trust->setChecked(provider.trustEmail);
    trust->setVisible(provider.kind != "microsoft"_L1); // whoever administers a directory there writes into it what they like
    dialog->addWidget(trust);
    label.field->setFocus();
    const auto sent = std::make_shared<ProviderEditView>();
    dialog->setOrder(
        [=, name = provider.name, trusted = provider.trustEmail]() -> std::optional<EditProvider> {
            EditProvider order {.provider = name,
                                .edit = {.label = label.changed(),
                                         .clientId = clientId.changed(),
                                         .secret = secret.isGiven() ? std::optional(secret.read()) : std::nullopt,
                                         .scopes = scopes.changedWords(),
                                         .callbacks = callbacks.changedWords(),
                                         .team = team.changed(),
                                         .keyId = keyId.changed()}};
            if (order.edit.secret && order.edit.secret->isEmpty())
                return std::nullopt; // the field says why
            if (trust->isChecked() != trusted)
                order.edit.trustEmail = trust->isChecked();
            *sent = order.edit;
            return order;
        },
        [sent, onEdited = std::move(onEdited)](const ProviderView &view) { onEdited(view, *sent); });
    return dialog;
}

} // namespace warder
