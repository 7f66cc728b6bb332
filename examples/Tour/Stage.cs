namespace IpMpsc.Examples.Tour;

/// <summary>What the tour is about to do.</summary>
internal enum Stage
{
    /// <summary>The processes start and open the channels.</summary>
    Start,

    /// <summary>Lines of text.</summary>
    Lines,

    /// <summary>Quotes.</summary>
    Quotes,
}
