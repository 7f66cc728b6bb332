namespace IpMpsc.Tool.Watching;

/// <summary>In which order <c>ipmpsc top</c> shows channels.</summary>
internal enum TopOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>The worst verdict first, and among equals the fullest ring.</summary>
    State,

    /// <summary>The fullest ring first.</summary>
    Used,

    /// <summary>The most messages a second first.</summary>
    Rate,
}
