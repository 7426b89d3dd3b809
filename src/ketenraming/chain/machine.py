"""
A small language to write a kernel in, and the compiler behind it: LLVM, through llvmlite.

A `Code` is one function while it is written. What it computes are `Value`s: whole numbers, numbers, or lanes of eight
numbers that are worked on at once; they know + - * / and the comparisons, and a number beside lanes stands for all of
them. `Var` changes as the function runs, `Memory` is an array. Loops and conditions are `with` blocks:

    with code.each(0, months) as t:
        total.value += people[t]

Sums are done in the order in which they are written and are never fused, so every processor gives the same bytes.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Union

import llvmlite.binding as llvm
from llvmlite import ir

LANES = 8
ALIGNED = 64  # bytes: eight numbers, and a line of the cache
WHOLE, REAL = ir.IntType(64), ir.DoubleType()
VECTOR = ir.VectorType(REAL, LANES)
_LANE, _MASK = ir.IntType(32), ir.IntType(LANES)
_RANK = (WHOLE, REAL, VECTOR)

Number = Union["Value", int, float]


@dataclass(frozen=True, slots=True)
class Value:
    """Something that the function computes: whole, real, lanes, or true and false."""

    code: "Code"
    ir: Any

    def __add__(self, other: Number) -> "Value":
        return self.code.combine("add", self, other)

    def __sub__(self, other: Number) -> "Value":
        return self.code.combine("sub", self, other)

    def __rsub__(self, other: Number) -> "Value":
        return self.code.combine("sub", other, self)

    def __mul__(self, other: Number) -> "Value":
        return self.code.combine("mul", self, other)

    def __truediv__(self, other: Number) -> "Value":
        return self.code.combine("div", self, other)

    def __lt__(self, other: Number) -> "Value":
        return self.code.compare("<", self, other)

    def __gt__(self, other: Number) -> "Value":
        return self.code.compare(">", self, other)

    def __le__(self, other: Number) -> "Value":
        return self.code.compare("<=", self, other)

    def __ge__(self, other: Number) -> "Value":
        return self.code.compare(">=", self, other)

    __radd__, __rmul__ = __add__, __mul__


@dataclass(slots=True)
class Var:
    """A value that changes while the function runs."""

    code: "Code"
    place: Any

    @property
    def value(self) -> Value:
        """What it is at this point."""
        return Value(self.code, self.code.builder.load(self.place, typ=self.place.allocated_type))

    @value.setter
    def value(self, new: Number) -> None:
        self.code.builder.store(self.code.lift(new, self.place.allocated_type), self.place)


@dataclass(frozen=True, slots=True)
class Memory:
    """An array of one kind, from some element on."""

    code: "Code"
    base: Any
    kind: Any
    first: int = 0
    align: int = 8

    def __getitem__(self, index: Number) -> Value:
        return Value(self.code, self.code.builder.load(self._place(index), align=self.align, typ=self.kind))

    def __setitem__(self, index: Number, new: Number) -> None:
        self.code.builder.store(self.code.lift(new, self.kind), self._place(index), align=self.align)

    def _place(self, index: Number) -> Any:
        where = self.code.lift(index + self.first, WHOLE)
        return self.code.builder.gep(self.base, [where], source_etype=self.kind)


class Code:
    """One function of whole numbers and addresses, while it is written."""

    def __init__(self, name: str, wholes: Sequence[str], addresses: Sequence[str]) -> None:
        self.module = ir.Module(name)
        kinds = [WHOLE] * len(wholes) + [ir.PointerType()] * len(addresses)
        self.function = ir.Function(self.module, ir.FunctionType(ir.VoidType(), kinds), name)
        for argument in self.function.args[len(wholes) :]:
            argument.add_attribute("noalias")
        self.function.attributes.add("nounwind")
        self.function.attributes.alignstack = ALIGNED  # else what is kept there may lie across two lines of the cache
        self.arguments = dict(zip((*wholes, *addresses), self.function.args, strict=True))
        self.builder: Any = ir.IRBuilder(self.function.append_basic_block())

    def finish(self) -> str:
        """End the function; its text."""
        self.builder.ret_void()
        return str(self.module)

    def whole(self, name: str) -> Value:
        """An argument that is a whole number."""
        return Value(self, self.arguments[name])

    def memory(self, name: str, kind: Any, align: int = 8) -> Memory:
        """The array at an argument that is an address."""
        return Memory(self, self.arguments[name], kind, align=align)

    def lanes_at(self, address: Value) -> Value:
        """The lanes that stand at an address."""
        place = self.builder.inttoptr(address.ir, ir.PointerType())
        return Value(self, self.builder.load(place, align=8, typ=VECTOR))

    def fetch(self, address: Value) -> None:
        """Begin to fetch the lanes at an address, whether or not anything stands there; they may lie on two lines."""
        kind = ir.FunctionType(ir.VoidType(), [ir.PointerType(), *[_LANE] * 3])
        prefetch = self.module.declare_intrinsic("llvm.prefetch", [ir.PointerType()], kind)
        how = [ir.Constant(_LANE, number) for number in (0, 3, 1)]  # to read, soon and again, data
        for place in (address, address + (ALIGNED - 1)):
            self.builder.call(prefetch, [self.builder.inttoptr(place.ir, ir.PointerType()), *how])

    def var(self, first: Number, kind: Any = VECTOR) -> Var:
        """A variable that is this at this point."""
        with self.builder.goto_entry_block():
            place = self.builder.alloca(kind)
        var = Var(self, place)
        var.value = first
        return var

    # --- Numbers ------------------------------------------------------------------------------------------------------

    def lift(self, number: Number, kind: Any) -> Any:
        """A number as this kind: in all lanes, when lanes are wanted."""
        if not isinstance(number, Value):
            return ir.Constant(kind, [float(number)] * LANES if kind is VECTOR else number)
        if kind is VECTOR and number.ir.type == REAL:
            one = self.builder.insert_element(ir.Constant(VECTOR, ir.Undefined), number.ir, ir.Constant(_LANE, 0))
            return self.builder.shuffle_vector(one, one, ir.Constant(ir.VectorType(_LANE, LANES), [0] * LANES))
        return number.ir

    def _alike(self, one: Number, other: Number) -> tuple[Any, Any, Any]:
        """Two numbers as the same kind, and that kind."""
        kind = _RANK[max(_RANK.index(n.ir.type) if isinstance(n, Value) else 0 for n in (one, other))]
        return self.lift(one, kind), self.lift(other, kind), kind

    def combine(self, what: str, one: Number, other: Number) -> Value:
        """The sum, difference, product or quotient of two numbers, of which one is a value."""
        left, right, kind = self._alike(one, other)
        return Value(self, getattr(self.builder, what if kind is WHOLE else f"f{what}")(left, right))

    def compare(self, how: str, one: Number, other: Number) -> Value:
        """Whether two numbers, of which one is a value, stand in this order; lane by lane."""
        left, right, kind = self._alike(one, other)
        return Value(self, (self.builder.icmp_signed if kind is WHOLE else self.builder.fcmp_ordered)(how, left, right))

    def choose(self, condition: Value, one: Number, other: Number) -> Value:
        """One number where a condition holds, else the other."""
        left, right, _ = self._alike(one, other)
        return Value(self, self.builder.select(condition.ir, left, right))

    def least(self, one: Value, other: Number) -> Value:
        """The lesser of two numbers."""
        return self.choose(one < other, one, other)

    def most(self, one: Value, other: Number) -> Value:
        """The greater of two numbers."""
        return self.choose(one > other, one, other)

    def anywhere(self, condition: Value) -> Value:
        """Whether a condition holds in some lane."""
        mask = self.builder.bitcast(condition.ir, _MASK)
        return Value(self, self.builder.icmp_signed("!=", mask, ir.Constant(_MASK, 0)))

    def nowhere(self, condition: Value) -> Value:
        """Whether a condition holds in no lane."""
        return Value(self, self.builder.not_(self.anywhere(condition).ir))

    # --- Loops and conditions -----------------------------------------------------------------------------------------

    @contextmanager
    def repeat(self) -> Iterator[Callable[[Value], None]]:
        """Do the block for ever: gives what to call with the condition under which to go on."""
        body, after = (self.function.append_basic_block() for _ in range(2))

        def only_if(condition: Value) -> None:
            further = self.function.append_basic_block()
            self.builder.cbranch(condition.ir, further, after)
            self.builder.position_at_end(further)

        self.builder.branch(body)
        self.builder.position_at_end(body)
        yield only_if
        self.builder.branch(body)
        self.builder.position_at_end(after)

    @contextmanager
    def each(self, first: Number, end: Number) -> Iterator[Value]:
        """Do the block for each whole number from the first up to, not including, the end."""
        i = self.var(first, WHOLE)
        with self.repeat() as only_if:
            now = i.value
            only_if(now < end)
            yield now
            i.value = now + 1

    @contextmanager
    def when(self, condition: Value) -> Iterator[None]:
        """Do the block if a condition holds."""
        with self.builder.if_then(condition.ir):
            yield


# --- The compiler -----------------------------------------------------------------------------------------------------


def _target() -> Any:
    """This processor, with vectors as wide as it has them; a compiler takes it and does not give it back."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = f"{llvm.get_host_cpu_features().flatten()},-prefer-256-bit"
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=features, opt=2, jit=True
    )


class Compiled:
    """A compiled function, to be called with whole numbers and addresses; other threads run meanwhile."""

    def __init__(self, text: str, name: str, arguments: int) -> None:
        module, target = llvm.parse_assembly(text), _target()
        options = llvm.create_pipeline_tuning_options(speed_level=2)
        options.loop_vectorization = options.slp_vectorization = False  # it is written in vectors
        passes = llvm.create_pass_builder(target, options)
        passes.getModulePassManager().run(module, passes)
        self._engine = llvm.create_mcjit_compiler(module, target)
        self._engine.finalize_object()
        kind = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * arguments)
        self._call = kind(self._engine.get_function_address(name))

    def __call__(self, *arguments: int) -> None:
        """Call it; what the addresses stand for must stay where it is meanwhile."""
        self._call(*arguments)


@lru_cache(maxsize=64)
def compiled(text: str, name: str, arguments: int) -> Compiled:
    """The function of a text; the same text is compiled but once, which takes a tenth of a second or two."""
    return Compiled(text, name, arguments)
