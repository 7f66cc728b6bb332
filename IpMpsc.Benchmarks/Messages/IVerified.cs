namespace IpMpsc.Benchmarks.Messages;

/// <summary>A message of fixed size with its sender and number, which can prove that it arrived whole.</summary>
internal interface IVerified<TSelf> where TSelf : unmanaged, IVerified<TSelf>
{
    /// <summary>Index of the sender, from 0.</summary>
    int Sender { get; }

    /// <summary>Counts the messages of a sender, from 0.</summary>
    long Number { get; }

    /// <summary>Whether the words of the message belong together.</summary>
    bool IsWhole { get; }

    /// <summary>A message that is whole.</summary>
    static abstract TSelf Make(int sender, long number);

    /// <summary>Gives a message another number, and makes it whole.</summary>
    static abstract void Renumber(ref TSelf message, long number);
}
