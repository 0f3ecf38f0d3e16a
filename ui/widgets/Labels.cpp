#include "ui/widgets/Labels.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Tone.h"

#include <QLabel>

namespace warder {

namespace {

QLabel *sized(QLabel *label, double scale, QFont::Weight weight)
{
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setWeight(weight);
    label->setFont(font);
    return label;
}

} // namespace

QLabel *titleLabel(const QString &text, QWidget *parent) { return sized(new QLabel(text, parent), 1.55, QFont::DemiBold); }

QLabel *headingLabel(const QString &text, QWidget *parent) { return sized(new QLabel(text, parent), 1.0, QFont::DemiBold); }

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QLabel *quietLabel(const QString &text, QWidget *parent)
{
    auto *label = sized(textLabel(text, parent), 0.95, QFont::Normal);
    followPalette(label, [label] {
        QPalette own;
        own.setColor(QPalette::WindowText, quietText(label->parentWidget() ? label->parentWidget()->palette() : label->palette()));
        label->setPalette(own);
    });
    return label;
}

} // namespace warder
