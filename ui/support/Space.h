#pragma once

namespace warder {

/// The distances that the window knows, in its pixels: a grid of four (docs/hand.md).
struct Space
{
    static constexpr int narrow = 4;  ///< Lines of one thing.
    static constexpr int small = 8;   ///< Things of one row.
    static constexpr int medium = 12; ///< Parts that stand below each other, and around what a panel holds.
    static constexpr int large = 16;  ///< Around a page or dialog, and between groups in a row.
    static constexpr int wide = 24;   ///< Around a message that has a page to itself.
};

} // namespace warder
