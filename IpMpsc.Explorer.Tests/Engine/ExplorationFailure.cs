namespace Exploring.Engine;

/// <summary>What a run must not do was done.</summary>
internal sealed class ExplorationFailure(string message) : Exception(message);

/// <summary>Thrown by every hook after the end of a run, so that its threads end. No code may keep it.</summary>
internal sealed class RunEnded : Exception;
