#include "ui/widgets/Confirm.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

void confirm(QWidget *parent, const Confirmation &confirmation, std::function<void()> onYes)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, confirmation.action, confirmation.question, QMessageBox::Cancel, parent);
    box->setObjectName(u"confirm"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(confirmation.effect);
    for (auto *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText); // names from elsewhere are no markup
    QPushButton *yes = box->addButton(confirmation.action, QMessageBox::AcceptRole);
    yes->setObjectName(u"confirmed"_s);
    box->setDefaultButton(yes);
    box->setEscapeButton(QMessageBox::Cancel);
    QObject::connect(yes, &QPushButton::clicked, parent, [onYes = std::move(onYes)] { onYes(); });
    box->open();
}

} // namespace warder
