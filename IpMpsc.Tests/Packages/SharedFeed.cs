using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Packages;

/// <summary>One feed for all tests of this folder: packing the solution takes longer than most of them.</summary>
[SetUpFixture]
public sealed class SharedFeed
{
    private static readonly Lazy<Task<PackageFeed>> s_feed = new(PackageFeed.PackAsync);

    /// <summary>The feed, packed at the first use.</summary>
    internal static Task<PackageFeed> GetAsync() => s_feed.Value;

    /// <summary>Ignores tests that build whole solutions, except in a Release build.</summary>
    internal static void RequireRelease()
    {
        if (Repository.Configuration != "Release")
        {
            Assert.Ignore("This builds several projects, which takes long: run it with -c Release.");
        }
    }

    [OneTimeTearDown]
    public async Task DeleteFeed()
    {
        if (s_feed.IsValueCreated)
        {
            (await s_feed.Value).Dispose();
        }
    }
}
