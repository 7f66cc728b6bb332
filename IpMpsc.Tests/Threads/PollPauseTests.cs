using IpMpsc.Waiting;

namespace IpMpsc.Tests.Threads;

/// <summary>How long a poller pauses on processors whose pause instruction takes more or less time.</summary>
public sealed class PollPauseTests
{
    [TestCase(45, ExpectedResult = 1)]
    [TestCase(24, ExpectedResult = 1)]
    [TestCase(12, ExpectedResult = 2)]
    [TestCase(3, ExpectedResult = 7)]
    [TestCase(0.1, ExpectedResult = 8)]
    [TestCase(0, ExpectedResult = 8)]
    [TestCase(100_000, ExpectedResult = 1)]
    public int ShortInstructionsAreRepeated(double nanoseconds) => PollPause.Count(nanoseconds);
}
