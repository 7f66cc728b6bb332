using Exploring.Engine;
using Exploring.Programs;
using NUnit.Framework;

[assembly: NonParallelizable]

namespace Exploring;

public sealed class ExplorationTests
{
    [Test]
    public void First([Values] bool tso)
    {
        var r = Explorer.All<TwoSenders>(tso ? MemoryModel.Tso : MemoryModel.Sequential, 2, TimeSpan.FromSeconds(20));
        TestContext.Out.WriteLine(r);
        Assert.That(r.Failure, Is.Null);
        TestContext.Out.WriteLine(Explorer.Repeat<TwoSenders>(MemoryModel.Tso, ""));
    }
}
