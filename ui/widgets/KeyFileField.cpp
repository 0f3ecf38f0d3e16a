#include "ui/widgets/KeyFileField.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/FormField.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype largestKeyFile = 64 * 1024; // bytes; the server reads no more either

} // namespace

KeyFileField::KeyFileField(const QString &name, const QString &remark, QWidget *parent)
    : QWidget(parent), m_field(new FormField(name, remark, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_field->edit().setObjectName(u"file"_s);
    //: Button: opens a dialog that asks for a file.
    auto *choose = new QPushButton(tr("&Choose…"), this);
    choose->setAutoDefault(false);
    row->addWidget(m_field, 1);
    row->addWidget(choose, 0, remark.isEmpty() ? Qt::AlignBottom : Qt::AlignVCenter);
    setFocusProxy(m_field);
    connect(choose, &QPushButton::clicked, this, &KeyFileField::choose);
}

QLineEdit &KeyFileField::edit() const { return m_field->edit(); }

QString KeyFileField::path() const { return m_field->text(); }

void KeyFileField::setFault(const QString &fault) { m_field->setFault(fault); }

void KeyFileField::choose()
{
    //: Title of a dialog that asks for a file.
    auto *dialog = new QFileDialog(this, tr("Choose a private key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_field->edit(), &QLineEdit::setText);
    dialog->open();
}

QString KeyFileField::read()
{
    QFile file(path());
    QString why;
    if (!QFileInfo(path()).isFile()) // a pipe would be waited for
        //: Why a file was not read.
        why = tr("There is no such file.");
    else if (file.size() > largestKeyFile)
        //: Why a file was not read.
        why = tr("It is larger than 64 KiB: that is no key.");
    else if (!file.open(QIODevice::ReadOnly))
        why = UiTexts::reason(file.errorString());
    if (why.isEmpty()) {
        QByteArray bytes = file.read(largestKeyFile);
        const QString text = QString::fromUtf8(bytes);
        bytes.fill('\0');
        if (!text.trimmed().isEmpty())
            return text;
        //: Why a file was not read.
        why = tr("It is empty.");
    }
    m_field->setFault(why);
    m_field->setFocus();
    return {};
}

} // namespace warder
