using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace IpMpsc.Tests.Support;

/// <summary>Checks properties, and prints the seed. Set IPMPSC_SEED to "seed,gamma" to repeat one.</summary>
internal static class Seeded
{
    public static void Check(int cases, Property property)
    {
        ulong[] numbers = Environment.GetEnvironmentVariable("IPMPSC_SEED") is { } given
            ? [.. given.Split(',').Select(number => ulong.Parse(number, CultureInfo.InvariantCulture))]
            : [(ulong)System.Random.Shared.NextInt64(), (ulong)System.Random.Shared.NextInt64() | 1];
        TestContext.Out.WriteLine($"IPMPSC_SEED={numbers[0]},{numbers[1]}");
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(numbers[0], numbers[1]));
    }
}
