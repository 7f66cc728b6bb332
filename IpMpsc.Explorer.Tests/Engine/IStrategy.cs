namespace Exploring.Engine;

/// <summary>Decides which actor takes the next step.</summary>
internal interface IStrategy
{
    int Pick(int step, in Choice choice);
}
