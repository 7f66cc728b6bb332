namespace IpMpsc.Nats.Sourcing;

/// <summary>How many batches a source may have in flight; kept from one session to the next.</summary>
/// <remarks>
/// A source that is alone in its stream knows the sequence of each batch before it is acknowledged, so it has many in flight, each with the condition that
/// it follows the one before. Where others write, too, nobody knows the next sequence. Then one batch is in flight, on the condition that it follows the
/// last one of its own subject. Both keep the order and store each batch once, whatever is lost and repeated.
/// </remarks>
internal sealed class SourcePace
{
    /// <summary>
    /// After this many batches in a row with none of others between them, the source tries to be alone again.
    /// </summary>
    private const int Alone = 64;

    private int _consecutive;

    /// <summary>Whether others write into the stream.</summary>
    public bool IsShared { get; private set; }

    /// <summary>How often the stream differed from what was expected, with nothing acknowledged in between.</summary>
    public int Conflicts { get; private set; }

    /// <summary>A batch was not where it was expected.</summary>
    /// <returns>Whether this is news.</returns>
    public bool Conflict()
    {
        bool isNews = !IsShared;
        IsShared = true;
        _consecutive = 0;
        Conflicts++;
        return isNews;
    }

    /// <summary>A batch was acknowledged.</summary>
    /// <param name="follows">Whether it stands right behind the one before.</param>
    /// <returns>Whether the source may be alone from now on.</returns>
    public bool Acknowledged(bool follows)
    {
        Conflicts = 0;
        if (!IsShared)
        {
            return false;
        }

        _consecutive = follows ? _consecutive + 1 : 0;
        if (_consecutive < Alone)
        {
            return false;
        }

        IsShared = false;
        return true;
    }
}
