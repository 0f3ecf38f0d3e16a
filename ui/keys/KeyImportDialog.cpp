#include "ui/keys/KeyImportDialog.h"

#include "ui/keys/KeyEffects.h"
#include "ui/support/Ask.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"
#include "ui/support/Times.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/KeyFileField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextRoom.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostDays = 30; // the server takes no more either

QVBoxLayout *columnOf(QDialog &dialog) { return static_cast<QVBoxLayout *>(dialog.layout()); }

} // namespace

KeyImportDialog::KeyImportDialog(const PageContext &context, QWidget *parent)
    : QDialog(parent), m_context(context), m_buttons(new QDialogButtonBox(this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Import a key"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(480);
    build();
    connect(m_buttons, &QDialogButtonBox::accepted, this, &KeyImportDialog::start);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &KeyImportDialog::reject);
    m_file->setFocus();
}

void KeyImportDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    addKind();
    addFile();
    addPasted();
    addFault();
    m_signing = makeSigning();
    m_former = makeFormer();
    all->addWidget(m_signing);
    all->addWidget(m_former);
    all->addStretch();
    //: Button of a dialog: hands a private key to the server.
    m_buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole)->setDefault(true);
    m_buttons->addButton(QDialogButtonBox::Cancel);
    all->addWidget(m_buttons);
    new TextRoom(this);
    showKind();
}

void KeyImportDialog::addKind()
{
    m_kind = new QComboBox(this);
    m_kind->setObjectName(u"kind"_s);
    //: Name of a field, for screen readers.
    m_kind->setAccessibleName(tr("What is imported"));
    //: Choice in a form: what is imported.
    m_kind->addItem(tr("A private key, to sign access tokens with"));
    //: Choice in a form: what is imported. SECRET_KEY is the name of a setting of other programs.
    m_kind->addItem(tr("The SECRET_KEY of a former backend, to verify its tokens"));
    m_effect = quietLabel({}, this);
    columnOf(*this)->addWidget(m_kind);
    columnOf(*this)->addWidget(m_effect);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &KeyImportDialog::showKind);
}

bool KeyImportDialog::isFormer() const { return m_kind->currentIndex() == 1; }

void KeyImportDialog::showKind()
{
    m_effect->setText(isFormer() ? KeyEffects::beforeImportOfFormer() : KeyEffects::beforeImport());
    m_signing->setVisible(!isFormer());
    m_former->setVisible(isFormer());
    setFault({});
    showEnd();
}

void KeyImportDialog::addFault()
{
    m_fault = textLabel({}, this);
    m_fault->setObjectName(u"fault"_s);
    followPalette(m_fault, [this] {
        QPalette own;
        own.setColor(QPalette::WindowText, colourOf(Tone::Bad, palette()));
        m_fault->setPalette(own);
    });
    columnOf(*this)->addWidget(m_fault);
}

void KeyImportDialog::addFile()
{
    m_file = new KeyFileField(/*: Field of a form: the path of a file. */ tr("&File (a private key is PEM or JWK)"), {}, this);
    columnOf(*this)->addWidget(m_file);
    connect(&m_file->edit(), &QLineEdit::textChanged, this, [this] { setFault({}); });
}

void KeyImportDialog::addPasted()
{
    //: Field of a form, below that of a file.
    auto *label = textLabel(tr("&Or its text"), this);
    m_pasted = new QPlainTextEdit(this);
    m_pasted->setObjectName(u"pasted"_s);
    //: Name of a field, for screen readers.
    m_pasted->setAccessibleName(tr("Text of the key"));
    m_pasted->setFont(fixedWidth(font()));
    keepReadable(m_pasted);
    m_pasted->setUndoRedoEnabled(false); // what is deleted is not kept
    m_pasted->setTabChangesFocus(true);
    m_pasted->setFixedHeight(m_pasted->fontMetrics().lineSpacing() * 5 + 12);
    label->setBuddy(m_pasted);
    auto *column = new QVBoxLayout;
    column->setSpacing(Space::narrow);
    column->addWidget(label);
    column->addWidget(m_pasted);
    columnOf(*this)->addLayout(column);
    connect(m_pasted, &QPlainTextEdit::textChanged, this, [this] { setFault({}); });
}

QWidget *KeyImportDialog::makeSigning()
{
    auto *all = new QWidget(this);
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    m_passphrase = new FormField(/*: Field of a form. */ tr("&Passphrase"),
                                 /*: Below the field of a passphrase. */ tr("Only if the key is encrypted."), all);
    m_passphrase->edit().setObjectName(u"passphrase"_s);
    m_passphrase->makeSecret();
    //: Field of a form.
    auto *label = textLabel(tr("&Algorithm of an RSA key"), all);
    m_algorithm = new QComboBox(all);
    m_algorithm->setObjectName(u"algorithm"_s);
    //: Choice of an algorithm: the one that the file names; RS256 is the name of one.
    m_algorithm->addItem(tr("As the file says, else RS256"));
    m_algorithm->addItems({u"RS256"_s, u"PS256"_s});
    label->setBuddy(m_algorithm);
    column->addWidget(m_passphrase);
    column->addSpacing(Space::small);
    column->addWidget(label);
    column->addWidget(m_algorithm, 0, Qt::AlignLeft);
    return all;
}

QWidget *KeyImportDialog::makeFormer()
{
    auto *all = new QWidget(this);
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    //: Field of a form: a number of days.
    auto *label = textLabel(tr("&Days until it ends (no longer than its tokens live)"), all);
    m_days = new QSpinBox(all);
    m_days->setObjectName(u"days"_s);
    m_days->setRange(1, mostDays);
    m_days->setValue(mostDays);
    label->setBuddy(m_days);
    m_end = quietLabel({}, all);
    m_end->setObjectName(u"end"_s);
    column->addWidget(label);
    column->addWidget(m_days, 0, Qt::AlignLeft);
    column->addWidget(m_end);
    connect(m_days, &QSpinBox::valueChanged, this, &KeyImportDialog::showEnd);
    return all;
}

void KeyImportDialog::showEnd()
{
    const TimePoint end = m_context.clock.now() + std::chrono::days {m_days->value()};
    //: Below a number of days; %1 is a time.
    m_end->setText(tr("From %1 on its tokens are refused.").arg(Times::brief(end)));
}

QString KeyImportDialog::keyText()
{
    const QString pasted = m_pasted->toPlainText();
    if (m_file->path().isEmpty() == pasted.trimmed().isEmpty()) {
        //: What is wrong with a form that takes a file or a text.
        m_file->setFault(pasted.trimmed().isEmpty() ? tr("Choose a file, or paste the key's text below.")
                                                    : /*: What is wrong with a form that takes a file or a text. */ tr(
                                                          "There is a file and a text: remove one of them."));
        m_file->setFocus();
        return {};
    }
    return m_file->path().isEmpty() ? pasted : m_file->read();
}

template <typename Order>
void KeyImportDialog::give(const Order &order)
{
    m_buttons->setEnabled(false);
    const auto onTaken = [this](const KeyView &key) {
        Q_EMIT imported(key);
        accept();
    };
    ask(m_context.console.ask(order), this, onTaken, [this](const Error &error) { showError(error); });
}

void KeyImportDialog::start()
{
    setFault({});
    const QString text = keyText();
    if (text.isEmpty())
        return;
    if (isFormer())
        return give(ImportFormerSecret {.secret = text.trimmed(), .lasting = std::chrono::days {m_days->value()}});
    ImportKey order {.key = text, .passphrase = m_passphrase->text()};
    if (m_algorithm->currentIndex() > 0)
        order.algorithm = m_algorithm->currentText();
    give(order);
}

void KeyImportDialog::showError(const Error &error)
{
    m_buttons->setEnabled(true);
    const bool isSaid = error.code != ErrorCode::Conflict || error.detail.isEmpty();
    setFault(isSaid ? UiTexts::of(error)
                    : /*: Before a quotation of the server: why a private key was not taken. */ tr("This key is not taken.") + u' '
                          + UiTexts::reason(error.detail));
    m_file->path().isEmpty() ? m_pasted->setFocus() : m_file->setFocus();
}

void KeyImportDialog::setFault(const QString &fault)
{
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    m_pasted->setAccessibleDescription(fault);
}

} // namespace warder
