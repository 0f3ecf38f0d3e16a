#include "ui/widgets/Labels.h"

#include "ui/support/Tone.h"

#include <QEvent>
#include <QLabel>

namespace warder {

namespace {

class QuietLabel final : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::PaletteChange && !m_dressing)
            applyPalette();
    }
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::Polish)
            applyPalette();
        return QLabel::event(event);
    }

private:
    void applyPalette()
    {
        m_dressing = true;
        const QPalette around = parentWidget() ? parentWidget()->palette() : palette();
        QPalette own = around;
        own.setColor(QPalette::WindowText, quietText(around));
        setPalette(own);
        m_dressing = false;
    }
    bool m_dressing = false;
};

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

QLabel *quietLabel(const QString &text, QWidget *parent)
{
    auto *label = sized(new QuietLabel(text, parent), 0.95, QFont::Normal);
    label->setWordWrap(true);
    return label;
}

} // namespace warder
