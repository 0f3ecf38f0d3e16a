#include "ui/widgets/Labels.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"

#include <QEvent>
#include <QHash>
#include <QLabel>
#include <QSet>

namespace warder {

namespace {

/// Remembers how high its text is, where that is wrapped: a layout asks each of its labels for the same few widths whenever one of them
/// comes or goes.
class WrappedLabel final : public QLabel
{
public:
    using QLabel::QLabel;

    int heightForWidth(int width) const override
    {
        if (!wordWrap())
            return QLabel::heightForWidth(width);
        if (m_text != text() || m_heights.size() > 4)
            m_heights.clear();
        if (const auto known = m_heights.constFind(width); known != m_heights.cend())
            return *known;
        m_text = text();
        return *m_heights.insert(width, QLabel::heightForWidth(width));
    }

private:
    bool event(QEvent *event) override
    {
        static const QSet<QEvent::Type> measuresAnew {QEvent::FontChange, QEvent::StyleChange, QEvent::ContentsRectChange,
                                                      QEvent::DevicePixelRatioChange};
        if (measuresAnew.contains(event->type()))
            m_heights.clear();
        return QLabel::event(event);
    }

    mutable QString m_text;
    mutable QHash<int, int> m_heights; ///< By width.
};

QLabel *typeset(QLabel *label, double size, QFont::Weight weight)
{
    label->setTextFormat(Qt::PlainText);
    QFont font = sized(label->font(), size);
    font.setWeight(weight);
    label->setFont(font);
    return label;
}

QLabel *typesetHeading(const QString &text, int level, double size, QWidget *parent)
{
    QLabel *label = typeset(new WrappedLabel(parent), size, QFont::DemiBold);
    makeHeading(label, level);
    label->setText(text);
    return label;
}

} // namespace

QLabel *titleLabel(const QString &text, QWidget *parent) { return typesetHeading(text, 1, TextSize::title, parent); }

QLabel *headingLabel(const QString &text, QWidget *parent) { return typesetHeading(text, 2, TextSize::body, parent); }

QLabel *figureLabel(const QString &text, QWidget *parent)
{
    QLabel *label = typeset(new QLabel(text, parent), TextSize::figure, QFont::DemiBold);
    label->setFont(ofTabularFigures(label->font()));
    return label;
}

QLabel *strongLabel(const QString &text, QWidget *parent) { return typeset(new QLabel(text, parent), TextSize::body, QFont::DemiBold); }

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new WrappedLabel(parent);
    setSpokenRole(label, QAccessible::StaticText);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(text);
    return label;
}

QLabel *quietLabel(const QString &text, QWidget *parent)
{
    auto *label = typeset(textLabel(text, parent), TextSize::quiet, QFont::Normal);
    followPalette(label, [label] {
        QPalette own;
        own.setColor(QPalette::WindowText, quietText(label->parentWidget() ? label->parentWidget()->palette() : label->palette()));
        label->setPalette(own);
    });
    return label;
}

} // namespace warder
