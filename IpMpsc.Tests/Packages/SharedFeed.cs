namespace IpMpsc.Tests.Packages;

/// <summary>One feed for all tests of this folder: to pack the solution takes longer than most of them.</summary>
[SetUpFixture]
public sealed class SharedFeed
{
    private static readonly Lazy<Task<PackageFeed>> s_feed = new(PackageFeed.PackAsync);

    /// <summary>The feed, packed at the first use.</summary>
    internal static Task<PackageFeed> GetAsync() => s_feed.Value;

    [OneTimeTearDown]
    public async Task DeleteFeed()
    {
        if (s_feed.IsValueCreated)
        {
            (await s_feed.Value).Dispose();
        }
    }
}
