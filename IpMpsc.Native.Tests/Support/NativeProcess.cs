using System.Diagnostics;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Support;

/// <summary>A peer in C, in a process of its own.</summary>
internal sealed class NativeProcess : ProgramProcess
{
    /// <summary>128 + SIGKILL, as .NET reports it.</summary>
    private const int Killed = 137;

    private NativeProcess(ProcessStartInfo start) : base("C peer", start)
    {
    }

    public static NativeProcess Start(params IEnumerable<string> words) => Start(new Dictionary<string, string>(), words);

    public static NativeProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> words) =>
        Start(NativeBuild.Peer, environment, words);

    /// <summary>Starts the peer that was compiled with sanitizers.</summary>
    public static NativeProcess StartChecked(params IEnumerable<string> words) =>
        Start(NativeBuild.CheckedPeer, new Dictionary<string, string>(), words);

    /// <summary>Starts a program that writes into a channel from outside as often as it is told.</summary>
    public static NativeProcess StartWriter(string channel, int seed, int count) =>
        Start(NativeBuild.Writer, new Dictionary<string, string>(), [channel, $"{(uint)seed}", $"{count}"]);

    /// <summary>Asks it to end.</summary>
    public void Terminate() => Posix.Signal(Id, Posix.SIGTERM);

    /// <summary>Requires that it ends successfully.</summary>
    public void ExpectSuccess() => Assert.That(AwaitExit(), Is.Zero, () => $"{this} ended with another exit code.\n{Transcript()}");

    /// <summary>Requires that it is killed, or kills itself.</summary>
    public void ExpectKilled() => Assert.That(AwaitExit(), Is.EqualTo(Killed), () => $"{this} ended with another exit code.\n{Transcript()}");

    private static NativeProcess Start(string program, IReadOnlyDictionary<string, string> environment, IEnumerable<string> words)
    {
        ProcessStartInfo start = new(program, words);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new NativeProcess(start);
    }
}
