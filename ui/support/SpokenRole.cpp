#include "ui/support/SpokenRole.h"

#include <QAccessibleWidget>
#include <QLabel>
#include <QList>
#include <QRegularExpression>
#include <QVariant>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr const char *spokenRole = "warderSpokenRole";
constexpr const char *headingLevel = "warderHeadingLevel";

class SpokenWidget final : public QAccessibleWidget, public QAccessibleAttributesInterface
{
public:
    using QAccessibleWidget::QAccessibleWidget;

    QString text(QAccessible::Text kind) const override
    {
        const auto *label = qobject_cast<const QLabel *>(widget());
        const bool isText = label && kind == QAccessible::Name && label->accessibleName().isEmpty();
        return isText ? wordsOf(*label) : QAccessibleWidget::text(kind);
    }

    QList<std::pair<QAccessibleInterface *, QAccessible::Relation>> relations(QAccessible::Relation match) const override
    {
        auto all = QAccessibleWidget::relations(match);
        const auto *label = qobject_cast<const QLabel *>(widget());
        if (label && label->buddy() && (match & QAccessible::Labelled))
            all.emplace_back(QAccessible::queryAccessibleInterface(label->buddy()), QAccessible::Labelled);
        return all;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::InterfaceType::AttributesInterface)
            return static_cast<QAccessibleAttributesInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QList<QAccessible::Attribute> attributeKeys() const override
    {
        return level().isValid() ? QList {QAccessible::Attribute::Level} : QList<QAccessible::Attribute>();
    }

    QVariant attributeValue(QAccessible::Attribute key) const override
    {
        return key == QAccessible::Attribute::Level ? level() : QVariant();
    }

private:
    /// Without the mark of a mnemonic, and the places to break long words.
    static QString wordsOf(const QLabel &label)
    {
        static const QRegularExpression mark(u"&(.?)"_s);
        QString words = label.text();
        return (label.buddy() ? words.replace(mark, u"\\1"_s) : words).remove(u'\u200B');
    }

    QVariant level() const { return widget() ? widget()->property(headingLevel) : QVariant(); }
};

/// Qt asks for each class that the object is of.
QAccessibleInterface *spokenWidget(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    const QVariant role = widget ? widget->property(spokenRole) : QVariant();
    return role.isValid() ? new SpokenWidget(widget, QAccessible::Role(role.toInt())) : nullptr;
}

} // namespace

void setSpokenRole(QWidget *widget, QAccessible::Role role)
{
    static const bool isTaught = [] {
        QAccessible::installFactory(spokenWidget);
        return true;
    }();
    Q_UNUSED(isTaught)
    widget->setProperty(spokenRole, int(role));
}

void makeHeading(QLabel *label, int level)
{
    label->setProperty(headingLevel, level);
    setSpokenRole(label, QAccessible::Heading);
}

void makeDecoration(QLabel *picture) { setSpokenRole(picture, QAccessible::Whitespace); }

} // namespace warder
