#pragma once

#include <QHeaderView>
#include <QString>

namespace warder {

/// The header of a table without boxes: quiet titles over a hairline, the sorted one marked, and the one under the pointer, where a click
/// sorts by it. GUI thread.
class FlatHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit FlatHeader(QWidget *parent);

    /// A click sorts nothing, and the tool tip says why: a sentence. Empty: it does.
    void setWhyUnsortable(const QString &why);

    QSize sizeHint() const override;

protected:
    QSize sectionSizeFromContents(int logicalIndex) const override;
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void setInviting(int section);

    QString m_whyUnsortable;
    int m_inviting = -1; ///< The section under the pointer, where a click sorts by it.
};

} // namespace warder
