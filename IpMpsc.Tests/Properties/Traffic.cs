using FsCheck;
using FsCheck.Fluent;

namespace IpMpsc.Tests.Properties;

/// <summary>An arbitrary case: a ring of 64 bytes to 4 KiB, and what each of 1 to 4 senders sends.</summary>
public sealed record Traffic(int Capacity, IReadOnlyList<IReadOnlyList<int>> Lengths)
{
    public const int MostSenders = 4;
    private const int MostMessages = 60;

    public int MaxLength => Capacity - 16;

    public static Arbitrary<Traffic> Arbitrary { get; } = Arb.From(
        from exponent in Gen.Choose(6, 12)
        from senders in Gen.Choose(1, MostSenders)
        from lengths in Gen.ArrayOf(LengthsUpTo((1 << exponent) - 16), senders)
        select new Traffic(1 << exponent, [.. lengths.Select(list => (IReadOnlyList<int>)list)]),
        Shrink);

    public override string ToString() =>
        $"capacity {Capacity}: {string.Join(" | ", Lengths.Select(lengths => string.Join(' ', lengths)))}";

    /// <summary>The extremes (no bytes, all bytes, one less than all) are as frequent as everything between them.</summary>
    private static Gen<int[]> LengthsUpTo(int max) =>
        from count in Gen.Choose(0, MostMessages)
        from lengths in Gen.ArrayOf(
            Gen.OneOf(Gen.Choose(0, max), Gen.Choose(0, Math.Min(max, 64)), Gen.Elements(0, 1, 15, 16, 17, max - 1, max)), count)
        select lengths;

    private static IEnumerable<Traffic> Shrink(Traffic traffic)
    {
        for (int sender = 0; sender < traffic.Lengths.Count; sender++)
        {
            IReadOnlyList<int> lengths = traffic.Lengths[sender];
            if (traffic.Lengths.Count > 1)
            {
                yield return traffic with { Lengths = [.. traffic.Lengths.Where((_, index) => index != sender)] };
            }

            if (lengths.Count > 0)
            {
                yield return traffic.With(sender, [.. lengths.Take(lengths.Count / 2)]);
                yield return traffic.With(sender, [.. lengths.Skip((lengths.Count + 1) / 2)]);
            }
        }
    }

    private Traffic With(int sender, IReadOnlyList<int> lengths) =>
        this with { Lengths = [.. Lengths.Select((old, index) => index == sender ? lengths : old)] };
}
