namespace IpMpsc.Tool.Measuring;

/// <summary>The last messages of a channel.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class SampleWindow(int capacity)
{
    private readonly Queue<Sample> _samples = new();

    /// <summary>The messages, the oldest first.</summary>
    public IReadOnlyCollection<Sample> Samples => _samples;

    /// <summary>Whether messages came since the last report.</summary>
    public bool IsNew { get; private set; }

    public void Add(Sample sample)
    {
        if (_samples.Count == capacity)
        {
            _samples.Dequeue();
        }

        _samples.Enqueue(sample);
        IsNew = true;
    }

    /// <summary>Says that what there is was reported.</summary>
    public void MarkReported() => IsNew = false;
}
