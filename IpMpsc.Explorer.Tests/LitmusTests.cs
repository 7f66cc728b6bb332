using Exploring.Engine;
using Exploring.Litmus;
using Exploring.Search;
using NUnit.Framework;

namespace Exploring;

/// <summary>Tests of the explorer itself: it finds every outcome that is possible, and none that is not.</summary>
public sealed class LitmusTests
{
    private const int Bound = 3;

    [TestCase(typeof(StoreBuffering), false, true, true)]
    [TestCase(typeof(StoreBufferingWithFences), false, false, false)]
    [TestCase(typeof(StoreBufferingWithBarrier), false, false, false)]
    [TestCase(typeof(StoreBufferingWithOneFence), false, true, true)]
    [TestCase(typeof(StoreBufferingWithExchange), false, false, true)]
    [TestCase(typeof(MessagePassing), false, false, false)]
    [TestCase(typeof(MessagePassingByPlainStores), false, false, true)]
    [TestCase(typeof(LostWakeUp), true, true, true)]
    [TestCase(typeof(LostUpdate), true, true, true)]
    public void FailsExactlyWhereTheMemoryModelAllowsIt(Type program, bool sequential, bool tso, bool arm64)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Fails(program, MemoryModel.Sequential), Is.EqualTo(sequential), "sequential");
            Assert.That(Fails(program, MemoryModel.Tso), Is.EqualTo(tso), "TSO");
            Assert.That(Fails(program, MemoryModel.Arm64), Is.EqualTo(arm64), "Arm64");
        });
    }

    [Test]
    public void AFailureIsRepeatedByItsSchedule()
    {
        string first = Explorer.All(typeof(StoreBuffering), MemoryModel.Tso, Bound, TimeSpan.FromMinutes(1)).Failure!;
        string schedule = first.Split('"')[1];
        Assert.That(schedule, Is.Not.Empty);
        Assert.That(Explorer.Repeat<StoreBuffering>(MemoryModel.Tso, schedule), Is.EqualTo(first));
    }

    [Test]
    public void RandomRunsFindWhatAllRunsFind([Values(1, 2, 3)] int seed) =>
        Assert.That(Explorer.Some(typeof(LostUpdate), MemoryModel.Tso, seed, depth: 3, TimeSpan.FromMinutes(1), most: 1_000).Failure, Does.Contain("An update was lost."));

    private static bool Fails(Type program, MemoryModel model)
    {
        Explorer.Result result = Explorer.All(program, model, Bound, TimeSpan.FromMinutes(1));
        Assert.That(result.IsComplete || result.Failure is not null, "The exploration has not ended.");
        return result.Failure is not null;
    }
}
