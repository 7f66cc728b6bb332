using FsCheck.Fluent;
using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Layout;

/// <summary>A stamp is valid for one position only, even if part of it was overwritten.</summary>
public sealed class StampTests
{
    private const ulong Cookie = 0x8123_4567_89AB_CDE0;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void LowBitsAreTheState(int state)
    {
        ulong stamp = Stamp.Of(4096, Cookie, (RecordState)state);

        Assert.That(stamp & Stamp.StateMask, Is.EqualTo((ulong)state));
        Assert.That(Stamp.StateAt(stamp, 4096, Cookie), Is.EqualTo((ulong)state));
        Assert.That(Stamp.IsValid(stamp, 4096, Cookie), Is.True);
    }

    /// <summary>The formula is part of the layout: other versions of the library must agree on it.</summary>
    [TestCase(0, 0x8123_4567_89AB_CDE1UL)]
    [TestCase(16, 0x6254_DEF0_7D0C_0CB1UL)]
    public void FormulaIsPinned(int position, ulong stamp) =>
        Assert.That(Stamp.Of(position, Cookie, RecordState.Message), Is.EqualTo(stamp));

    [Test]
    public void ZeroesAreNeverValid() => Assert.That(Stamp.IsValid(0, 0, 0), Is.False);

    [Test]
    public void CookieLeavesTheStateFree()
    {
        for (int trial = 0; trial < 100; trial++)
        {
            Assert.That(Stamp.NewCookie() & Stamp.StateMask, Is.Zero);
        }
    }

    [Test]
    public void ValidForOnePositionOnly() => Seeded.Check(1000, Prop.ForAll((uint first, uint second, ulong random) =>
    {
        long position = first * 16L;
        long other = second * 16L;
        ulong cookie = random & ~Stamp.StateMask;
        return Stamp.IsValid(Stamp.Of(position, cookie, RecordState.Padding), other, cookie) == (position == other);
    }));

    /// <summary>
    /// A payload that ends within a stamp of an earlier lap replaces its first bytes, perhaps by exactly
    /// those that would be valid in this lap. Its last bytes must make it invalid.
    /// </summary>
    [Test]
    public void HalfOverwrittenStampOfEarlierLapIsInvalid([Values(64, 4096, 1 << 20)] long capacity, [Values(1, 2, 3)] int overwritten)
    {
        ulong mask = (1UL << (8 * overwritten)) - 1;
        for (long lap = 1; lap <= 1000; lap++)
        {
            long position = (lap * capacity) + 48;
            ulong old = Stamp.Of(48, Cookie, RecordState.Message);
            ulong wanted = Stamp.Of(position, Cookie, RecordState.Message);
            ulong found = (old & ~mask) | (wanted & mask);
            Assert.That(Stamp.IsValid(found, position, Cookie), Is.False, $"{lap} laps later");
        }
    }
}
