using System.IO.MemoryMappedFiles;

namespace IpMpsc.Tests.Peer.Probes;

/// <summary>
/// A ledger in a file, which outlives the processes that keep it: how many messages each sender knows
/// to be sent, and how many of them arrived. A receiver enters each message while it holds it.
/// </summary>
/// <remarks>Longs: 0 messages entered, 1 the sender of the last one, 2 turns of a loop; then two for each sender: sent, came.</remarks>
public sealed unsafe class ProbeBoard : IDisposable
{
    /// <summary>Sender numbers are below this.</summary>
    public const int MaxSenders = 1 << 16;

    private const int Total = 0;
    private const int LastSender = 1;
    private const int TurnCount = 2;
    private const int FirstSender = 8;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;
    private bool _mayComeAgain;

    private ProbeBoard(string path, FileMode mode)
    {
        const long size = (FirstSender + (2L * MaxSenders)) * sizeof(long);
        _file = MemoryMappedFile.CreateFromFile(
            File.Open(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), null, size,
            MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        _words = (long*)address;
    }

    public static ProbeBoard Create(string path) => new(path, FileMode.CreateNew);

    public static ProbeBoard Open(string path) => new(path, FileMode.Open);

    /// <summary>How many messages were entered.</summary>
    public long Count => Volatile.Read(ref _words[Total]);

    /// <summary>How often <see cref="Turn"/> was called.</summary>
    public long Turns => Volatile.Read(ref _words[TurnCount]);

    /// <summary>Messages of a sender that arrived.</summary>
    public long NextOf(int sender) => Volatile.Read(ref Came(sender));

    /// <summary>Messages that a sender knows to be sent.</summary>
    public long SentBy(int sender) => Volatile.Read(ref Sent(sender));

    /// <summary>Notes how many messages of a sender are sent.</summary>
    public void NoteSent(int sender, long count) => Volatile.Write(ref Sent(sender), count);

    /// <summary>Counts a turn of a loop, as a sign of life.</summary>
    public void Turn() => Interlocked.Increment(ref _words[TurnCount]);

    /// <summary>A receiver takes over: the message that its predecessor held may come again.</summary>
    public void BeginReceiving() => _mayComeAgain = true;

    /// <summary>Enters a message that is held.</summary>
    /// <exception cref="ProbeException">Another message of its sender was due.</exception>
    public void Enter(Probe probe)
    {
        long due = NextOf(probe.Sender);
        bool comesAgain = _mayComeAgain && probe.Sequence == due - 1 && Volatile.Read(ref _words[LastSender]) == probe.Sender;
        _mayComeAgain = false;
        if (comesAgain)
        {
            return;
        }

        if (probe.Sequence != due)
        {
            throw ProbeException.OutOfTurn(due, probe);
        }

        // In this order: if a receiver is killed in between, the message comes again and is the one that is due.
        Volatile.Write(ref _words[LastSender], probe.Sender);
        Volatile.Write(ref Came(probe.Sender), due + 1);
        Volatile.Write(ref _words[Total], _words[Total] + 1);
    }

    /// <summary>
    /// Enters a message that is about to be released, where several are held. One that was entered before comes again if the receiver
    /// that entered it was killed before its release.
    /// </summary>
    /// <exception cref="ProbeException">A message before it was never released.</exception>
    public void EnterHeld(Probe probe)
    {
        long due = NextOf(probe.Sender);
        if (probe.Sequence > due)
        {
            throw ProbeException.OutOfTurn(due, probe);
        }

        if (probe.Sequence == due)
        {
            Volatile.Write(ref Came(probe.Sender), due + 1);
            Volatile.Write(ref _words[Total], _words[Total] + 1);
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private ref long Sent(int sender) => ref _words[Index(sender)];

    private ref long Came(int sender) => ref _words[Index(sender) + 1];

    private static int Index(int sender) => (uint)sender < MaxSenders
        ? FirstSender + (2 * sender)
        : throw new ProbeException($"There is no sender {sender}.");
}
